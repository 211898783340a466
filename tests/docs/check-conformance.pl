#!/usr/bin/env perl
# check-conformance.pl ROOT: docs/conformance.md against the tests it names. Each row of a table with ids has five cells; an
# id of its own; a statement and a source; and tests that exist, or "not tested here: ... In its stead: ...". Prints "ok NAME"
# or "not ok NAME" for each table of the page, and what is wrong.
use strict;
use warnings;

my $root = shift or die "usage: check-conformance.pl ROOT\n";
my %states = map { $_ => 1 } qw(holds limit);
my (%files, %texts, %ids, @problems, $section, $in_table);
my ($rows, $bad) = (0, 0);

sub slurp {
  my ($path) = @_;
  open my $file, '<', $path or return undef;
  local $/;
  return <$file>;
}

# Whether a file of tests runs a test of that name, by the habits of each kind of file.
sub runs {
  my ($path, $name) = @_;
  my $text = $texts{$path};
  my $quoted = quotemeta $name;
  return $text =~ /^case_$quoted\(\)/m if $path =~ /\.sh$/;
  return $text =~ /message\("ok $quoted\b/ if $path =~ /\.cmake$/;
  # A program of its own: a function, defined and called.
  return $text =~ /^(?:static )?\w+ $quoted\(/m && $text =~ /^  .*\b$quoted\(/m if $path =~ m{^tests/e2e/};
  return $text =~ /^static void $quoted\(void \*\*\w+\)/m && $text =~ /(?:TEST|_test\w*)\($quoted\b/;
}

sub check_tests {
  my ($id, $cell) = @_;
  my @tests = $cell =~ /`([^`]+:[^`]+)`/g;
  my $excused = $cell =~ /^not tested here: .{20,}? In its stead: .{20,}/;
  push @problems, "$id: no test, and no reason" unless @tests || $excused;
  (my $rest = $cell) =~ s/`[^`]+`//g;
  push @problems, "$id: not a test: $rest" if !$excused && $rest =~ /\S/;
  for (@tests) {
    my ($file, $name) = split /:/, $_, 2;
    if (!$files{$file}) {
      push @problems, "$id: no file is called '$file'";
    } elsif (!runs($files{$file}, $name)) {
      push @problems, "$id: no test '$name' in $files{$file}";
    }
  }
}

sub check_row {
  my ($line) = @_;
  my ($id, @cells) = $line =~ /^\|(.*)\|$/ ? map { s/^\s+|\s+$//gr } split /\|/, $1, -1 : ();
  return push @problems, "not five cells: $line" if @cells != 4;
  my ($statement, $source, $tests, $state) = @cells;
  push @problems, "$id: not an id" if $id !~ /^[A-Z]\d+$/;
  push @problems, "$id: twice" if $ids{$id}++;
  push @problems, "$id: no statement" if length $statement < 20;
  push @problems, "$id: no source" if length $source < 4;
  push @problems, "$id: no state '$state'" if !$states{$state};
  check_tests($id, $tests);
  $rows++;
}

sub end_section {
  return if !$in_table;
  print @problems ? "not ok" : "ok", " conformance: $section\n";
  print "  $_\n" for @problems;
  $bad += @problems;
  @problems = ();
  $in_table = 0;
}

my $page = slurp("$root/docs/conformance.md") // die "cannot read docs/conformance.md: $!\n";
for (split /\n/, $page) {
  if (/^## (.*)/) {
    end_section();
    $section = $1;
  } elsif (/^\| ([a-z-]+) \| (tests\/\S+) \|$/) {
    $files{$1} = $2;
    $texts{$2} = slurp("$root/$2");
    die "$2 does not exist\n" if !defined $texts{$2};
  } elsif (/^\| id \|/) {
    $in_table = 1;
  } elsif ($in_table && /^\|/ && !/^\| ---/) {
    check_row($_);
  }
}
end_section();
for my $file (sort keys %files) {
  next if $page =~ /`\Q$file\E:/;
  print "not ok conformance: file '$file' is named by no row\n";
  $bad++;
}
print "$rows statements\n";
exit($bad || $rows < 50 ? 1 : 0);
