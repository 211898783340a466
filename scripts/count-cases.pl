#!/usr/bin/env perl
# count-cases.pl FILE.xml|FILE.tap...: adds up the cases of test programs: those in CTest's own results (ctest --output-junit),
# and those in files of one program's output, whose last line is "# exit status N". Programs report as TAP does: "ok NAME" or
# "not ok NAME", then what went wrong; "1..N" says how many there will be. Prints each failed case with what it said, and last
# "N passed, N failed". Failed cases are also: a program that fails and names no failed case (it crashed, say), one that reports
# fewer cases than it announced, and one that reports none at all, unless it only prepares others and is called setup.*. Exit status 1 where one
# failed, or nothing passed.
use strict;
use warnings;

my ($passed, $failed, $shown) = (0, 0, 0);
my $most_shown = 200; # lines

sub show {
  my ($line) = @_;
  print "$line\n" if $shown++ < $most_shown;
}

sub fail {
  my ($program, $why, @said) = @_;
  $failed++;
  show("not ok $program: $why");
  show("    $_") for @said;
}

# one_program NAME, OUTPUT, WHETHER IT FAILED, WHETHER IT MAY SAY NOTHING
sub one_program {
  my ($name, $output, $bad, $silent) = @_;
  my ($announced, $cases, $bad_cases, $left, @last) = (0, 0, 0, 0);
  for (split /\r?\n/, $output) {
    $announced += $1 if /^1\.\.(\d+)\s*$/;
    push @last, $_;
    shift @last if @last > 10;
    if (/^(not )?ok (.*)/) {
      $cases++;
      $left = 0;
      if (!$1) {
        $passed++;
        next;
      }
      $bad_cases++;
      fail($name, $2 =~ s/^\d+ - //r);
      $left = 20;
    } elsif (/^(?:once more: |.*(?:Sanitizer|runtime error): )/) {
      show("$name: $_");
      $left = 20;
    } elsif (/^(?:\s|# )/ ? $left-- > 0 : ($left = 0)) {
      show("    $_");
    }
  }
  if ($bad && !$bad_cases) {
    fail($name, $cases ? "it failed after $cases good cases; its last lines:" : 'it failed without a word of a case; its last lines:',
      @last);
  } elsif ($announced && $cases != $announced) {
    fail($name, "$announced cases were announced, $cases reported; its last lines:", @last);
  } elsif (!$cases && !$silent) {
    fail($name, 'it reported no case; its last lines:', @last);
  }
}

sub plain {
  my ($text) = @_;
  my %meant = (lt => '<', gt => '>', quot => '"', apos => "'", amp => '&');
  $text =~ s{&(?:#(\d+)|#x([0-9a-fA-F]+)|(\w+));}{defined $1 ? chr $1 : defined $2 ? chr hex $2 : $meant{$3} // ""}ge;
  return $text;
}

for my $file (@ARGV) {
  open my $handle, '<', $file or do { fail($file, "there are no results: $!"); next };
  my $text = do { local $/; <$handle> };
  if ($file =~ /\.tap$/) {
    my ($name) = $file =~ m{([^/]+)\.tap$};
    my $status = $text =~ /^# exit status (\d+)\s*\z/m ? $1 : 255;
    one_program($name, $text, $status != 0, 0);
    next;
  }
  my $programs = 0;
  while ($text =~ m{<testcase name="([^"]*)"[^>]*?status="(\w+)"[^>]*>(.*?)</testcase>}gs) {
    my ($name, $status, $inside) = ($1, $2, $3);
    my ($output) = $inside =~ m{<system-out>(.*?)</system-out>}s;
    $programs++;
    one_program(plain($name), plain($output // ''), $status ne 'run', $name =~ /^setup\./);
  }
  fail($file, 'it holds the results of no test') if !$programs;
}
print "(", $shown - $most_shown, " more lines)\n" if $shown > $most_shown;
print "$passed passed, $failed failed\n";
exit($failed || !$passed ? 1 : 0);
