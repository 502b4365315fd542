# SPDX-License-Identifier: GPL-2.0-only
# recompute_methods.pm - the methods that report/README.md names, and how their figures are printed
#
# A value is { x, machine, index }; a reboot that failed has an x of $INF.
package recompute_methods;
use strict;
use warnings;
use utf8;
use Exporter 'import';

our $INF = 9**9**9;
our @EXPORT = qw($INF ascending quantile median choose median_interval share_interval compare rank_p machine_shares fisher holm index_test
	number seconds ms seconds_interval ms_interval percent percent_interval);

sub ascending { return sort { $a <=> $b } @_ }

sub quantile {
	my ($p, @x) = @_;
	return undef unless @x;
	@x = ascending(@x);
	my $place = $p * (@x - 1);
	my $below = int($place + 1e-9);
	my $rest = $place - $below;
	return $x[$below] if $rest < 1e-9 || $below == $#x;
	return $x[$below + 1] if abs($x[$below + 1]) == $INF;
	return $x[$below] if $x[$below] == -$INF;
	return $x[$below] + $rest * ($x[$below + 1] - $x[$below]);
}

sub median { return quantile(0.5, @_) }

sub choose {
	my ($n, $k) = @_;
	my $c = 1;
	$c = $c * ($n - $_ + 1) / $_ for 1 .. $k;
	return $c;
}

# The sign test by machines: the least and greatest value that it does not reject at 5 %.
sub median_interval {
	my @v = sort { $a->{x} <=> $b->{x} || $a->{machine} <=> $b->{machine} } @_;
	my @ends;
	for my $walk (\@v, [reverse @v]) {
		my (%score, $outside);
		$score{$_->{machine}}++ for @v;
		$outside = 0;
		while (2 * $outside < @v) {
			my @sizes = map { abs } values %score;
			my ($total, $all, %ways) = (@v - 2 * $outside, 1, 0, 1);
			for my $size (@sizes) {
				my %next;
				for my $sum (keys %ways) {
					$next{$sum + $size} += $ways{$sum};
					$next{$sum - $size} += $ways{$sum};
				}
				%ways = %next;
				$all *= 2;
			}
			my $far = 0;
			$far += abs($_) >= $total ? $ways{$_} : 0 for keys %ways;
			last if $far / $all > 0.05 * (1 + 1e-7);
			$score{$walk->[$outside]{machine}} -= 2;
			$outside++;
		}
		push @ends, $outside ? $walk->[$outside - 1]{x} : undef;
	}
	return defined $ends[0] && defined $ends[1] ? @ends : (undef, undef);
}

sub ln_gamma {
	my ($x) = @_;
	my @c = (76.18009172947146, -86.50532032941677, 24.01409824083091, -1.231739572450155,
		 0.1208650973866179e-2, -0.5395239384953e-5);
	my ($y, $sum) = ($x, 1.000000000190015);
	$sum += $_ / ++$y for @c;
	return -($x + 5.5) + ($x + 0.5) * log($x + 5.5) + log(2.5066282746310005 * $sum / $x);
}

# The incomplete beta function, by its continued fraction.
sub beta_p {
	my ($x, $a, $b) = @_;
	return $x <= 0 ? 0 : 1 if $x <= 0 || $x >= 1;
	return 1 - beta_p(1 - $x, $b, $a) if $x > ($a + 1) / ($a + $b + 2);
	my $front = exp(ln_gamma($a + $b) - ln_gamma($a) - ln_gamma($b) + $a * log($x) + $b * log(1 - $x)) / $a;
	my ($f, $c, $d) = (1, 1, 0);
	for my $i (0 .. 500) {
		my $m = int($i / 2);
		my $n = $i == 0 ? 1 : $i % 2 ? -($a + $m) * ($a + $b + $m) * $x / (($a + 2 * $m) * ($a + 2 * $m + 1)) :
			$m * ($b - $m) * $x / (($a + 2 * $m - 1) * ($a + 2 * $m));
		$d = 1 / (1 + $n * $d || 1e-30);
		$c = 1 + $n / $c || 1e-30;
		$f *= $c * $d;
		last if abs(1 - $c * $d) < 1e-14;
	}
	return $front * ($f - 1);
}

sub beta_quantile {
	my ($p, $a, $b) = @_;
	my ($low, $high) = (0, 1);
	for (1 .. 100) {
		my $middle = ($low + $high) / 2;
		(beta_p($middle, $a, $b) < $p ? $low : $high) = $middle;
	}
	return $low;
}

# Clopper and Pearson's interval.
sub share_interval {
	my ($k, $n, $tail) = (@_, 0.025);
	return ($k > 0 ? beta_quantile($tail, $k, $n - $k + 1) : 0, $k < $n ? beta_quantile(1 - $tail, $k + 1, $n - $k) : 1);
}

# One figure a machine; with the usual value of each index taken away where both sides know it.
sub machine_figures {
	my ($own, $other, $by_index) = @_;
	my (%machine, %usual);
	for my $v (@$own, @$other) { push @{$usual{$v->{index}}}, $v->{x} }
	for my $index (keys %usual) {
		my $m = median(@{$usual{$index}});
		$usual{$index} = $by_index && $m < $INF ? $m : 0;
	}
	push @{$machine{$_->{machine}}}, $_->{x} - $usual{$_->{index}} for @$own;
	# Rounded, so that figures that are equal on paper tie.
	return map { my $m = median(@{$machine{$_}}); $m < $INF ? sprintf('%.12f', $m) + 0 : $m } sort { $a <=> $b } keys %machine;
}

sub knows_indexes {
	my ($x, $y) = @_;
	my %n;
	$n{$_->{index}}++ for @$x;
	return !grep { ($n{$_->{index}} // 0) < 3 } @$y;
}

# Hodges and Lehmann's shift, Moses' interval, the exact rank test, and the least it can give.
sub compare {
	my ($a, $b, $confidence) = @_;
	my $by_index = knows_indexes($a, $a) && knows_indexes($a, $b) && knows_indexes($b, $a) && knows_indexes($b, $b);
	my @a = machine_figures($a, $b, $by_index);
	my @b = machine_figures($b, $a, $by_index);
	my ($m, $n) = (scalar @a, scalar @b);
	die "more than 49 machines a side: the normal approximation is not worked out here\n" if $m > 49 || $n > 49;

	# The difference of two that failed may be anything: as low as can be in one list, as high in the other.
	my ($d_low, $d_high) = map {
		my $any = $_;
		[ascending(map { my $x = $_; map { $x == $INF && $_ == $INF ? $any : $_ - $x } @b } @a)];
	} -$INF, $INF;
	my ($from, $to) = (median(@$d_low), median(@$d_high));
	my %r = (shift => $from == $to ? $from : ($from + $to) / 2, least => 2 / choose($m + $n, $m));
	$r{least} = 1 if $r{least} > 1;

	# In how many ways the b's can be above so many of the a's: Mann and Whitney's U.
	my @counts = map { [(1)] } 0 .. $m;
	for my $j (1 .. $n) {
		for my $i (1 .. $m) {
			my $with = $counts[$i - 1];
			$counts[$i][$_ + $j] = ($counts[$i][$_ + $j] // 0) + $with->[$_] for grep { defined $with->[$_] } 0 .. $#$with;
		}
	}
	my ($outside, $sum, $tail) = (0, 0, (1 - $confidence) / 2 * choose($m + $n, $m) * (1 + 1e-7));
	while (1) {
		$sum += $counts[$m][$outside] // 0;
		last if $sum > $tail;
		$outside++;
	}
	($r{low}, $r{high}) = ($d_low->[$outside - 1], $d_high->[@$d_high - $outside]) if $outside;

	$r{p} = rank_p(\@a, \@b);
	return \%r;
}

# The rank test: every way to deal out the midranks to the b's.
sub rank_p {
	my @a = @{$_[0]};
	my @b = @{$_[1]};
	my ($m, $n) = (scalar @a, scalar @b);
	my @all = ascending(@a, @b);
	my %rank;
	for my $i (0 .. $#all) { push @{$rank{$all[$i]}}, $i + 1 }
	my @midranks = map { my $r = $rank{$_}; ($r->[0] + $r->[-1]) } @all;
	my $seen = 0;
	for my $x (@b) { $seen += $rank{$x}[0] + $rank{$x}[-1] }
	my @ways = ({ 0 => 1 }, map { {} } 1 .. $n);
	for my $rank (@midranks) {
		for my $k (reverse 1 .. $n) {
			$ways[$k]{$_ + $rank} += $ways[$k - 1]{$_} for keys %{$ways[$k - 1]};
		}
	}
	my ($far, $middle) = (0, $n * ($m + $n + 1));
	for my $s (keys %{$ways[$n]}) { $far += $ways[$n]{$s} if abs($s - $middle) >= abs($seen - $middle) }
	return $far / choose($m + $n, $m);
}

# The share of each machine, of values that are 1 or 0.
sub machine_shares {
	my (%sum, %n);
	for my $v (@_) { $sum{$v->{machine}} += $v->{x}; $n{$v->{machine}}++ }
	return map { $sum{$_} / $n{$_} } keys %n;
}

# Fisher's exact test of two shares.
sub fisher {
	my ($ka, $na, $kb, $nb) = @_;
	my $hits = $ka + $kb;
	my @p = map { $_ <= $hits && $hits - $_ <= $nb ? choose($na, $_) * choose($nb, $hits - $_) / choose($na + $nb, $hits) : 0 } 0 .. $na;
	my $sum = 0;
	for my $p (@p) { $sum += $p if $p <= $p[$ka] * (1 + 1e-7) }
	return $sum > 1 ? 1 : $sum;
}

sub holm {
	my @order = sort { $_[$a] <=> $_[$b] } 0 .. $#_;
	my ($worst, @to) = (0);
	for my $i (0 .. $#order) {
		my $p = $_[$order[$i]] * (@order - $i);
		$worst = $p if $p > $worst;
		$to[$order[$i]] = $worst > 1 ? 1 : $worst;
	}
	return @to;
}

# The F tests of machines by indexes: chances of so much between indexes, and between machines.
sub index_test {
	my @v = grep { $_->{x} < $INF } @_;
	my (%at, %machines_with);
	$at{$_->{machine}}{$_->{index}} //= $_->{x} for @v;
	for my $m (values %at) { $machines_with{$_}++ for keys %$m }
	my @indexes = grep { $machines_with{$_} >= 4 } keys %machines_with;
	my @rows = map { [@{$_}{@indexes}] } grep { my $m = $_; !grep { !exists $m->{$_} } @indexes } values %at;
	my ($m, $k) = (scalar @rows, scalar @indexes);
	return if $m < 4 || $k < 2;
	my ($all, @of_index, @of_machine) = (0);
	for my $i (0 .. $m - 1) {
		for my $j (0 .. $k - 1) {
			$all += $rows[$i][$j] / ($m * $k);
			$of_index[$j] += $rows[$i][$j] / $m;
			$of_machine[$i] += $rows[$i][$j] / $k;
		}
	}
	my ($between, $machines, $rest, $squares) = (0, 0, 0, 0);
	$between += $m * ($_ - $all)**2 for @of_index;
	$machines += $k * ($_ - $all)**2 for @of_machine;
	for my $i (0 .. $m - 1) {
		for my $j (0 .. $k - 1) {
			$rest += ($rows[$i][$j] - $of_index[$j] - $of_machine[$i] + $all)**2;
			$squares += $rows[$i][$j]**2;
		}
	}
	my $f = sub {
		my ($part, $d1) = @_;
		my $d2 = ($m - 1) * ($k - 1);
		return 1 if $part <= 1e-18 * $squares;
		return 0 if $rest <= 1e-18 * $squares;
		my $ratio = $part / $d1 / ($rest / $d2);
		return beta_p($d2 / ($d2 + $d1 * $ratio), $d2 / 2, $d1 / 2);
	};
	return ($f->($between, $k - 1), $f->($machines, $m - 1));
}

# ---- how numbers are printed ----

sub number {
	my ($x, $decimals) = @_;
	return '–' unless defined $x && $x == $x;
	return $x > 0 ? 'never' : 'any' if abs($x) == $INF;
	return ($x < 0 ? '−' : '') . sprintf "%.${decimals}f", abs $x;
}

sub seconds { my ($x) = @_; return number($x, 3) . (defined $x && abs($x) < $INF ? ' s' : '') }

sub ms {
	my ($x) = @_;
	return number($x, 0) if !defined $x || abs($x) == $INF;
	my $ms = $x * 1e3;
	return number($ms, abs($ms) < 1 ? 3 : abs($ms) < 100 ? 1 : 0);
}

sub seconds_interval {
	my ($low, $high) = @_;
	return '–' unless defined $low && defined $high;
	return 'never' if $low == $INF;
	return number($low, 3) . ' to ' . number($high, 3) . ($high == $INF ? '' : ' s');
}

sub ms_interval { my ($l, $h) = @_; return defined $l && defined $h ? ms($l) . ' to ' . ms($h) : '–' }

sub percent {
	my ($share) = @_;
	return 0 if $share <= 0;
	return 100 if $share >= 1;
	my $p = $share * 100;
	return number($p > 99.9 ? 99.9 : $p < 0.1 ? 0.1 : $p, 1);
}

sub percent_interval { return percent($_[0]) . ' to ' . percent($_[1]) . ' %' }

1;
