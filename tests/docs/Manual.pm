# Manual.pm: what the checks of the manual share: reading the repository's files, finding tests by name, and saying how it went.
package Manual;
use strict;
use warnings;
use Exporter qw(import);
our @EXPORT = qw(slurp files_below has_test say_case failed_cases);

my $failed = 0;

sub slurp {
  my ($path) = @_;
  open my $file, '<', $path or return undef;
  local $/;
  return <$file>;
}

# The files of the repository, by their paths from ROOT; what is built is none of them.
sub files_below {
  my ($root, $folder) = @_;
  my $place = defined $folder ? "$root/$folder" : $root;
  opendir my $handle, $place or die "$place: $!\n";
  my @files;
  for my $name (sort readdir $handle) {
    next if $name =~ /^(?:\.|\.\.|\.git)$/ || (!defined $folder && $name eq 'build');
    my $path = defined $folder ? "$folder/$name" : $name;
    push @files, -d "$root/$path" ? files_below($root, $path) : $path;
  }
  return @files;
}

# Whether a file of tests, of that path and with that text, runs a test of that name, by the habits of each kind of file.
sub has_test {
  my ($path, $text, $name) = @_;
  my $quoted = quotemeta $name;
  return $text =~ /^case_$quoted\(\)/m if $path =~ /\.sh$/;
  return $text =~ /message\("ok $quoted\b/ if $path =~ /\.cmake$/;
  # A program of its own: a function, defined and called.
  return $text =~ /^(?:static )?\w+ $quoted\(/m && $text =~ /^  .*\b$quoted\(/m if $path =~ m{^tests/e2e/};
  return $text =~ /^static void $quoted\(void \*\*\w+\)/m && $text =~ /(?:TEST|_test\w*)\($quoted\b/;
}

# Prints the case's line, "ok NAME" or "not ok NAME", and what is wrong.
sub say_case {
  my ($name, @problems) = @_;
  print @problems ? "not ok $name\n" : "ok $name\n";
  print "  $_\n" for @problems;
  $failed++ if @problems;
}

sub failed_cases { return $failed }

1;
