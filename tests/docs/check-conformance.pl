#!/usr/bin/env perl
# check-conformance.pl ROOT: docs/conformance.md against the tests it names. Each row of a table with ids has five cells; an
# id of its own; a statement and a source; and tests that exist, or "not tested here: ... In its stead: ...". Prints "ok NAME"
# or "not ok NAME" for each table of the page, and what is wrong.
use strict;
use warnings;
use FindBin;
use lib $FindBin::Bin;
use Manual;

my $root = shift or die "usage: check-conformance.pl ROOT\n";
my %states = map { $_ => 1 } qw(holds limit);
my (%files, %texts, %ids, @problems, $section, $in_table);
my $rows = 0;

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
    } elsif (!has_test($files{$file}, $texts{$files{$file}}, $name)) {
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
  say_case("conformance: $section", @problems);
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
say_case("conformance: every file of the list is named by a row",
  map { "'$_' is not" } grep { $page !~ /`\Q$_\E:/ } sort keys %files);
print "$rows statements\n";
say_case("conformance: all statements are read", $rows < 50 ? "only $rows" : ());
exit(failed_cases() ? 1 : 0);
