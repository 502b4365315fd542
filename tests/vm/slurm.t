#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# slurm.t - a run spread over a Slurm array, one shard killed and requeued on another node, is the run in one piece
#
# A controller and two node daemons, all on this host and over loopback. AT_ONCE=1 runs one shard after the other.
# shellcheck disable=SC2016
. "$(dirname "$0")/lib.sh"

for program in slurmctld slurmd sbatch munged; do
	PATH=$PATH:/usr/sbin command -v $program >/dev/null || {
		echo "1..0 # SKIP $program is not installed: apt-get install slurm-wlm munge"
		exit 0
	}
done
[ "$(id -u)" = 0 ] || {
	echo "1..0 # SKIP Slurm's daemons run as root here"
	exit 0
}
plan 9
PATH=$PATH:/usr/sbin
chmod 755 "$tmp"
mkdir "$tmp/slurm" "$tmp/munge"
host=$(hostname -s)
port=$((20000 + $$ % 20000))
export SLURM_CONF="$tmp/slurm.conf"
cat >"$SLURM_CONF" <<END
ClusterName=lobosbench
SlurmctldHost=$host(127.0.0.1)
SlurmctldPort=$port
SlurmUser=root
AuthType=auth/munge
AuthInfo=socket=$tmp/munge/socket
CredType=cred/munge
CommunicationParameters=NoCtldInAddrAny,NoInAddrAny
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
SelectType=select/linear
SchedulerType=sched/builtin
JobRequeue=1
KillWait=5
MpiDefault=none
SwitchType=switch/none
ReturnToService=2
StateSaveLocation=$tmp/slurm
SlurmctldPidFile=$tmp/slurm/ctld.pid
SlurmctldLogFile=$tmp/slurm/ctld.log
SlurmdSpoolDir=$tmp/slurm/%n
SlurmdPidFile=$tmp/slurm/%n.pid
SlurmdLogFile=$tmp/slurm/%n.log
NodeName=n1 NodeHostname=$host NodeAddr=127.0.0.1 Port=$((port + 1))
NodeName=n2 NodeHostname=$host NodeAddr=127.0.0.1 Port=$((port + 2))
PartitionName=all Nodes=n[1-2] Default=YES MaxTime=INFINITE
END
cat >"$tmp/s.yaml" <<END
name: spread
title: Four machines of two ways, on one host or on two nodes
ways: [{way: lobos}, {way: kexec, image: vmlinux, options: [no-checks]}]
machine: {arch: x86_64}
chain: {machines: 4, reboots: 2, warmups: 0}
clock: virtual
END

daemons=
# The daemons in the foreground are children of this shell, which ends them by their numbers.
finish() {
	[ -z "${job:-}" ] || { scancel "$job" 2>/dev/null; within 30 all_ended; }
	for pid in $daemons; do
		kill "$pid" 2>/dev/null
	done
	# What is left of them must not write into the folder that is removed.
	for pid in $daemons; do
		wait "$pid" 2>/dev/null
	done
	rm -rf "$tmp" "/var/tmp/lobosbench-0-n1" "/var/tmp/lobosbench-0-n2"
}
trap finish EXIT
trap 'exit 1' HUP INT TERM

# within SECONDS COMMAND...: until it succeeds, or no longer
within() {
	left=$(($1 * 5))
	shift
	until "$@"; do
		left=$((left - 1))
		[ $left -gt 0 ] || return 1
		sleep 0.2
	done
}

# stored SHARD: how many of its samples are there
stored() {
	sqlite3 "$tmp/shards/$1/lobosbench.db" 'SELECT count(*) FROM sample' 2>/dev/null || echo 0
}

# of_task WHAT TASK: a word of scontrol of one task of the array
of_task() {
	scontrol --oneliner show job "${job}_$2" 2>/dev/null | grep -o " $1=[^ ]*" | head -n1 | cut -d= -f2
}

has_begun() { [ "$(stored 1)" -ge 1 ]; }
has_ended() { case "$(of_task JobState "$1")" in PENDING | RUNNING | COMPLETING | '') false ;; esac; }
runs() { [ "$(of_task JobState "$1")" = RUNNING ]; }
both_idle() { [ "$(sinfo -h -N -o '%N %t' | grep -c ' idle$')" = 2 ]; }
all_ended() { left_over=$(squeue -h -j "$job" -t PENDING,RUNNING,COMPLETING,SUSPENDED) && [ -z "$left_over" ]; }

# all_samples RUN: what one sample is, whatever run it is of and whichever machine took another one's place. Which bytes
# of the console came in before the last mark is a matter of the host's clock.
all_samples() {
	jq -cS 'select(.warmup | not) | del(.run, .machine, .doubts, .console_bytes)' "$1/samples.jsonl" | sort
}

dd if=/dev/urandom of="$tmp/munge/key" bs=128 count=1 2>/dev/null
chmod 400 "$tmp/munge/key"
munged --foreground --force --key-file="$tmp/munge/key" --socket="$tmp/munge/socket" --pid-file="$tmp/munge/pid" \
	--seed-file="$tmp/munge/seed" --log-file="$tmp/munge/log" >"$tmp/munged" 2>&1 &
daemons="$daemons $!"
within 20 test -S "$tmp/munge/socket"
slurmctld -D >"$tmp/ctld" 2>&1 &
daemons="$daemons $!"
for node in n1 n2; do
	slurmd -D -N $node >"$tmp/$node" 2>&1 &
	daemons="$daemons $!"
done
within 60 both_idle
result $? "a controller and two nodes are up" "$tmp/slurm/ctld.log"

cd "$top" || exit
job=$(RESULTS=$tmp/shards sbatch --parsable --array="1-4%${AT_ONCE:-2}" --output="$tmp/task-%a" \
	scenarios/slurm-array.sbatch "$tmp/s.yaml" 2>"$tmp/sbatch")
[ -n "$job" ] && within 600 has_begun
result $? "the first shard has begun" "$tmp/task-1"
node=$(of_task NodeList 1)
scontrol update nodename="$node" state=drain reason=killed
scancel --signal=KILL --full "${job}_1"
within 60 has_ended 1
result $? "it is killed in the middle" "$tmp/slurm/ctld.log"
before=$(stored 1)
status=0
"$lobosbench" --results "$tmp/merged" merge "$tmp"/shards/1 >"$tmp/output" 2>&1 || status=$?
[ $status = 2 ] && grep -q 'shard 1/4 .* is not complete' "$tmp/output"
result $? "it is not merged as it is" "$tmp/output"
scontrol requeue "${job}_1"
# Others may be ahead of it in the queue.
within 3000 runs 1
other=$(of_task NodeList 1)
[ -n "$other" ] && [ "$other" != "$node" ]
result $? "it goes on, on the other node" "$tmp/slurm/ctld.log"
scontrol update nodename="$node" state=resume
within 3000 all_ended && job=
result $? "all shards end" "$tmp/slurm/ctld.log"
grep -q "^continuing run .*: $before of 4 samples are there" "$tmp/task-1"
result $? "the killed one lost no sample" "$tmp/task-1"

"$lobosbench" --results "$tmp/merged" merge "$tmp"/shards/* >"$tmp/output" 2>&1
result $? "the shards are merged" "$tmp/output"
"$lobosbench" --state "$tmp/state" --results "$tmp/results" run "$tmp/s.yaml" >"$tmp/output" 2>&1 </dev/null
all_samples "$tmp/merged/latest" >"$tmp/of-shards"
all_samples "$tmp/results/latest" >"$tmp/of-one"
[ "$(wc -l <"$tmp/of-one")" = 16 ] && diff "$tmp/of-one" "$tmp/of-shards" >"$tmp/diff" 2>&1
result $? "they are the run in one piece, sample for sample by the exact clock" "$tmp/diff"
