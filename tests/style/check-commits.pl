#!/usr/bin/env perl
# check-commits.pl ROOT: whether the commits since the one below are described as CONTRIBUTING.md asks: "area: what" of at most
# 72 characters, and a body that says why. Merges need not be. Where there is no history to look at (a tarball, a shallow
# clone), it says so and fails nothing.
use strict;
use warnings;
use FindBin;
use lib "$FindBin::Bin/../docs";
use Manual;

my $since = 'f0b58a05d114ab61c215d46df46c439f9699e987';
my $root = shift or die "usage: check-commits.pl ROOT\n";

# git ARGUMENTS...: what it prints; undef where it fails.
sub git {
  open my $pipe, '-|', 'sh', '-c', 'exec git -C "$0" "$@" 2>/dev/null', $root, @_ or return undef;
  local $/;
  my $said = <$pipe>;
  return close $pipe ? $said // '' : undef;
}

if (!defined git('cat-file', '-e', "$since^{commit}")) {
  print "ok commits: not looked at, for the history since ", substr($since, 0, 12), " is not here\n";
  exit 0;
}
my (@problems, $count);
for (split /\0/, git('log', '--no-merges', '--format=%h%n%s%n%b%x00', "$since..HEAD") // die "git log failed\n") {
  s/^\n//;
  my ($commit, $subject, $body) = split /\n/, $_, 3;
  next unless defined $commit && $commit ne '';
  $count++;
  push @problems, "$commit: not \"area: what\": $subject" if $subject !~ m{^[\w./][\w./, -]*: \S};
  push @problems, "$commit: " . length($subject) . " characters, more than 72: $subject" if length $subject > 72;
  push @problems, "$commit: no body that says why: $subject" if ($body // '') !~ /\S/;
}
say_case('commits: ' . ($count // 0) . ' since ' . substr($since, 0, 12), @problems);
exit(failed_cases() ? 1 : 0);
