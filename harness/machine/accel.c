// SPDX-License-Identifier: GPL-2.0-only
/*
 * accel.c - which accelerator this host really has, by proof
 *
 * The proof is a loop of a million turns in real mode, in a machine of one page
 * made for it. It runs in a child of its own, which is killed when the time is
 * up: a KVM that hangs in the kernel is a case to be told, not to be shared.
 */
#include <errno.h>
#include <fcntl.h>
#include <linux/kvm.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/wait.h>

#include "accel.h"
#include "base/clock.h"

/*
 * A million turns are 1 ms and less on any CPU that runs them itself, tens of ms
 * where QEMU translates them, seconds where they are interpreted.
 */
#define LOOP_BOUND_NS	(20 * 1000000LL)
#define LOOP_LIMIT_MS	500

#define PAGE		4096
#define LOOP_ADDRESS	0x1000

/* mov $1000000, %ecx; 1: dec %ecx; jnz 1b; hlt — as 16-bit code. */
static const unsigned char loop_code[] = {
	0x66, 0xb9, 0x40, 0x42, 0x0f, 0x00, 0x66, 0x49, 0x75, 0xfc, 0xf4
};

static bool cpu_has_flag(void)
{
	CLEANUP_FCLOSE FILE *f = fopen("/proc/cpuinfo", "re");
	CLEANUP_FREE char *line = NULL;
	size_t room = 0;

	while (f && getline(&line, &room, f) > 0) {
		char *save = NULL;

		if (strncmp(line, "flags", 5))
			continue;
		for (char *w = strtok_r(line, " \n", &save); w; w = strtok_r(NULL, " \n", &save))
			if (!strcmp(w, "vmx") || !strcmp(w, "svm"))
				return true;
		return false;
	}
	return false;
}

/* Sets the one CPU to the loop in real mode. Return: false when KVM refuses. */
static bool set_registers(int cpu)
{
	struct kvm_regs regs = { .rip = LOOP_ADDRESS, .rflags = 2 };
	struct kvm_sregs sregs;

	if (ioctl(cpu, KVM_GET_SREGS, &sregs))
		return false;
	sregs.cs.base = 0;
	sregs.cs.selector = 0;
	return !ioctl(cpu, KVM_SET_SREGS, &sregs) && !ioctl(cpu, KVM_SET_REGS, &regs);
}

/* Runs the loop. Return: how long it took, or -1. */
static int64_t run_loop(int kvm)
{
	void *page = mmap(NULL, PAGE, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	int vm = ioctl(kvm, KVM_CREATE_VM, 0), cpu;
	struct kvm_userspace_memory_region region = {
		.guest_phys_addr = LOOP_ADDRESS,
		.memory_size = PAGE,
		.userspace_addr = (uintptr_t)page,
	};
	int size = ioctl(kvm, KVM_GET_VCPU_MMAP_SIZE, 0);
	struct kvm_run *run;
	int64_t begin;

	if (page == MAP_FAILED || vm < 0 || size < 0)
		return -1;
	memcpy(page, loop_code, sizeof(loop_code));
	if (ioctl(vm, KVM_SET_USER_MEMORY_REGION, &region))
		return -1;
	cpu = ioctl(vm, KVM_CREATE_VCPU, 0);
	if (cpu < 0 || !set_registers(cpu))
		return -1;
	run = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED, cpu, 0);
	if (run == MAP_FAILED)
		return -1;
	begin = clock_now_ns();
	while (ioctl(cpu, KVM_RUN, 0))
		if (errno != EINTR && errno != EAGAIN)
			return -1;
	return run->exit_reason == KVM_EXIT_HLT ? clock_now_ns() - begin : -1;
}

/* The loop in a child that is killed when the time is up; fills ran and loop_ns. */
static void time_loop(int kvm, struct accel_proof *proof)
{
	struct pollfd p = { .events = POLLIN };
	int64_t ns = -1, begin = clock_now_ns();
	int pipe_fd[2];
	pid_t child;

	if (pipe2(pipe_fd, O_CLOEXEC))
		return;
	child = fork();
	if (!child) {
		ns = run_loop(kvm);
		_exit(write(pipe_fd[1], &ns, sizeof(ns)) != sizeof(ns));
	}
	close(pipe_fd[1]);
	p.fd = pipe_fd[0];
	if (child > 0) {
		if (poll(&p, 1, LOOP_LIMIT_MS) == 1 && read(p.fd, &ns, sizeof(ns)) == sizeof(ns) &&
		    ns >= 0) {
			proof->ran = true;
			proof->loop_ns = ns;
		} else {
			proof->loop_ns = clock_now_ns() - begin;
		}
		kill(child, SIGKILL);
		waitpid(child, NULL, 0);
	}
	close(pipe_fd[0]);
}

static void tell(struct accel_proof *p, int code)
{
	char *to = p->reason;
	size_t room = sizeof(p->reason);

	if (!p->device)
		snprintf(to, room, "/dev/kvm cannot be used: %s", strerror(code));
	else if (!p->ran)
		snprintf(to, room, "/dev/kvm opens, but a loop of a million turns had not ended "
			 "after %.0f ms%s", p->loop_ns / 1e6,
			 p->cpu_flag ? "" : ", and the CPU has neither vmx nor svm");
	else if (p->loop_ns > p->bound_ns)
		snprintf(to, room, "/dev/kvm opens, but a loop of a million turns took %.1f ms, "
			 "more than %.0f", p->loop_ns / 1e6, p->bound_ns / 1e6);
	else if (!p->cpu_flag)
		snprintf(to, room, "/dev/kvm runs a loop in %.1f ms, but the CPU has neither vmx "
			 "nor svm", p->loop_ns / 1e6);
	else
		snprintf(to, room, "a loop of a million turns took %.2f ms in KVM",
			 p->loop_ns / 1e6);
}

void accel_prove(struct accel_proof *proof)
{
	CLEANUP_CLOSE int kvm = open("/dev/kvm", O_RDWR | O_CLOEXEC);
	int code = errno;

	*proof = (struct accel_proof){ .loop_ns = -1, .bound_ns = LOOP_BOUND_NS };
	proof->cpu_flag = cpu_has_flag();
	if (kvm >= 0) {
		code = ENOTSUP;
		proof->device = ioctl(kvm, KVM_GET_API_VERSION, 0) == KVM_API_VERSION;
	}
	if (proof->device)
		time_loop(kvm, proof);
	proof->kvm = proof->cpu_flag && proof->ran && proof->loop_ns <= proof->bound_ns;
	tell(proof, code);
}

int accel_choose(enum accelerator wanted, const struct accel_proof *proof, enum accelerator *chosen,
		 struct error **err)
{
	int rc;

	if (wanted == ACCELERATOR_KVM && !proof->kvm) {
		rc = error_set(err, ERROR_HOST, ENODEV, "the scenario asks for KVM, which is not "
			       "there: %s", proof->reason);
		error_hint(err, "\"accelerator: auto\" takes emulation where KVM is missing");
		return rc;
	}
	*chosen = wanted == ACCELERATOR_AUTO ? proof->kvm ? ACCELERATOR_KVM : ACCELERATOR_TCG :
		  wanted;
	return 0;
}

const char *accel_name(enum accelerator a)
{
	static const char *const names[] = { "auto", "kvm", "tcg" };

	return names[a];
}
