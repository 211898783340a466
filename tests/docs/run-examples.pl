#!/usr/bin/perl
# run-examples.pl SOCKWARDEN PAGE.md...: run the examples of the manual, each page in a folder of its own.
#
#   ```lua        a policy: `sockwarden check` must find neither error nor warning in it. Where the comment
#                 <!-- check: TEXT --> stands above, it must find something that holds TEXT.
#                 Where <!-- file: NAME --> stands above, the block is also written to that file of the page's folder
#                 (any language), for the commands that follow; NAME_test.lua is only written.
#   $ COMMAND     in a block without a language or in ```console: the command is run in the page's folder, and must print
#                 what follows it. A line `...` stands for any lines. What `$ cat > FILE` is
#                 followed by is typed into it.
#                 <!-- status: N --> above the block: the last command's exit status (else all are 0).
#
# With UPDATE=1 in the environment, what commands print is written into the page instead.
use strict;
use warnings;
use Cwd qw(abs_path);
use File::Path qw(make_path remove_tree);

my ($program, @pages) = @ARGV;
$program = abs_path($program);
my $work = "/tmp/sockwarden-docs.$$";
my ($passed, $failed) = (0, 0);

sub result {
  my ($good, $name, $why) = @_;
  $good ? $passed++ : $failed++;
  print $good ? "ok $name\n" : "not ok $name\n";
  return if $good;
  $why =~ s/^/  | /mg;
  print "$why\n";
}

sub write_file {
  my ($path, $text) = @_;
  my ($folder) = $path =~ m{^(.*)/};
  make_path($folder);
  open my $file, '>', $path or die "$path: $!";
  print $file $text;
  close $file;
}

# Run in a folder; returns what it printed, stderr among it, and the exit status.
sub run {
  my ($folder, $command) = @_;
  write_file("$work/command", $command);
  my $output = `cd '$folder' && PATH="$work/bin:\$PATH" sh '$work/command' 2>&1`;
  return ($output, $? >> 8);
}

# Whether text is what the page says, `...` standing for any lines.
sub matches {
  my ($text, $wanted) = @_;
  # What a function costs is the engine's business.
  s/(cost"?:? *)[0-9]+/$1N/g for $text, $wanted;
  my $pattern = join '', map { $_ eq '...' ? '(?:.*\n)*?' : quotemeta($_) . "\n" } split /\n/, $wanted;
  return $text =~ /\A$pattern\z/;
}

sub run_policy {
  my ($name, $text, $finding) = @_;
  my $folder = "$work/policy";
  remove_tree($folder);
  write_file("$folder/10-example.lua", $text);
  my ($output) = run($work, "sockwarden check policy");
  result(index($output, $finding) >= 0, "$name: check finds: $finding", $output) if defined $finding;
  result($output =~ /\Aok: [^,]*, \d+ steps?\n\z/, "$name: a policy without mistakes", $output) if !defined $finding;
}

sub run_session {
  my ($name, $folder, $block, $status) = @_;
  my @lines = split /\n/, $block;
  my $updated = '';
  while (@lines) {
    my $command = shift @lines;
    die "$name: not a command: $command" unless $command =~ s/^\$ //;
    $updated .= "\$ $command\n";
    my ($first, @wanted, @typed) = ($command);
    if ($command =~ /^cat > \S+$/) { # what is typed into it, to the next command
      push @typed, shift @lines while @lines && $lines[0] !~ /^\$ /;
      $updated .= join '', map { "$_\n" } @typed;
      $command .= " <<'TYPED'\n" . join('', map { "$_\n" } @typed) . "TYPED";
    }
    push @wanted, shift @lines while @lines && $lines[0] !~ /^\$ /;
    my $blank = @wanted && $wanted[-1] eq '' ? pop @wanted : undef;
    (my $run = $command) =~ s{build/native/cli/sockwarden}{sockwarden}g;
    my ($output, $got) = run($folder, $run);
    my $expected = @lines || !defined $status ? 0 : $status;
    my $good = matches($output, join "\n", @wanted);
    $updated .= $good ? join('', map { "$_\n" } @wanted) : $output;
    $updated .= "\n" if defined $blank;
    next if $ENV{UPDATE};
    $output .= "(exit status $got, expected $expected)\n" if $got != $expected;
    result($good && $got == $expected, "$name: $first", $output);
  }
  return $updated;
}

for my $page (@pages) {
  open my $file, '<', $page or die "$page: $!";
  my @lines = <$file>;
  close $file;
  (my $title = $page) =~ s{.*/}{};
  my $folder = "$work/$title";
  remove_tree($work);
  make_path($folder, "$work/bin");
  symlink $program, "$work/bin/sockwarden" or die;
  my (%asked, $updated);
  for (my $i = 0; $i < @lines; $i++) {
    $updated .= $lines[$i];
    $asked{$1} = $2 if $lines[$i] =~ /^<!-- (check|file|status): (.*) -->$/;
    next unless $lines[$i] =~ /^```(\w*)$/;
    my ($language, $start, $block) = ($1, $i + 1, '');
    $block .= $lines[$i] while ++$i < @lines && $lines[$i] !~ /^```$/;
    my $name = "$title:$start";
    write_file("$folder/$asked{file}", $block) if defined $asked{file};
    if ($language eq 'lua' && (!defined $asked{file} || $asked{file} !~ /_test\.lua$/)) {
      run_policy($name, $block, $asked{check}) if !$ENV{UPDATE};
    } elsif ($block =~ /^\$ /) {
      $block = run_session($name, $folder, $block, $asked{status});
    }
    %asked = ();
    $updated .= $block . ($lines[$i] // '');
  }
  next unless $ENV{UPDATE};
  open my $out, '>', $page or die;
  print $out $updated;
}
remove_tree($work);
print "$passed passed, $failed failed\n" unless $ENV{UPDATE};
exit($failed || ($passed == 0 && !$ENV{UPDATE}) ? 1 : 0);
