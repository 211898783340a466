#!/usr/bin/env perl
# check_pe.pl FILE MACHINE VERSION ADDR2LINE SYMBOL SOURCE: reads the PE that is shipped, byte by byte, and what lies beside
# it. MACHINE is x64 or x86; SYMBOL, an export or "entry", must resolve in FILE.debug to a line of SOURCE. Prints "ok NAME" or
# "not ok NAME" for each finding; exit status 1 where one is bad. Formats: Microsoft's "PE Format" page.
use strict;
use warnings;
use Compress::Zlib ();

my ($path, $machine, $version, $addr2line, $symbol, $source) = @ARGV;
my ($base) = $path =~ m{([^/\\]+)$};
my $failed = 0;

sub check {
  my ($name, $good, $said) = @_;
  print $good ? "ok $base: $name\n" : "not ok $base: $name" . (defined $said ? ": $said" : '') . "\n";
  $failed ||= !$good;
}

sub content {
  open my $file, '<:raw', $_[0] or die "$_[0]: $!\n";
  local $/;
  return scalar <$file>;
}

my $pe = content($path);
my $at = unpack 'V', substr $pe, 0x3c, 4;
die "$path is no PE\n" unless substr($pe, $at, 4) eq "PE\0\0";
my ($kind, $count, $time, undef, undef, $optional_size, $characteristics) = unpack 'vvVVVvv', substr $pe, $at + 4, 20;
my $optional = substr $pe, $at + 24, $optional_size;
my $plus = unpack('v', $optional) == 0x20b;
my $image_base = unpack $plus ? 'Q<' : 'V', substr $optional, $plus ? 24 : 28, $plus ? 8 : 4;
my $dll = unpack 'v', substr $optional, 70, 2;
my @directories = unpack 'V*', substr $optional, $plus ? 112 : 96, 128;
my @sections = map {
  my ($name, $size, $rva, $raw_size, $raw, $flags) = unpack 'Z8VVVVx12V', substr $pe, $at + 24 + $optional_size + 40 * $_, 40;
  { name => $name, size => $size, rva => $rva, raw_size => $raw_size, raw => $raw, flags => $flags }
} 0 .. $count - 1;

sub section_of { my $rva = shift; (grep { $rva >= $_->{rva} && $rva < $_->{rva} + $_->{size} } @sections)[0] }
sub bytes {
  my ($rva, $size) = @_;
  my $section = section_of($rva) or die sprintf "%s: nothing at %x\n", $path, $rva;
  return substr $pe, $rva - $section->{rva} + $section->{raw}, $size;
}
sub text { my $rva = shift; return unpack 'Z*', bytes($rva, 256) }
sub directory { my $i = shift; return @directories[2 * $i, 2 * $i + 1] }

check('machine type', $kind == ($machine eq 'x64' ? 0x8664 : 0x14c), sprintf '%x', $kind);

# ---- hardening ----
check('address space layout randomization', $dll & 0x40);
check('no execution of data', $dll & 0x100);
check('addresses above 4 GiB', $machine eq 'x86' || ($dll & 0x20 && $characteristics & 0x20));
check('structured exceptions on', !($dll & 0x400));
check('nothing writable is executable', !grep { ($_->{flags} & 0xa0000000) == 0xa0000000 } @sections);
my ($reloc, $reloc_size) = directory(5);
my $relocations = 0;
for (my $block = 0; $block < $reloc_size;) {
  my (undef, $size) = unpack 'VV', bytes($reloc + $block, 8);
  die "relocations of no size\n" unless $size >= 8;
  $relocations += grep { $_ >> 12 == ($machine eq 'x64' ? 10 : 3) } unpack 'v*', bytes($reloc + $block + 8, $size - 8);
  $block += $size;
}
check('relocations are there, or it could not be moved', !($characteristics & 1) && $relocations > 50, $relocations);

# ---- imports ----
my %imports;
my ($import) = directory(1);
for (;; $import += 20) {
  my ($lookup, undef, undef, $name) = unpack 'VVVV', bytes($import, 16);
  last unless $name;
  my $library = lc text($name);
  my $width = $plus ? 8 : 4;
  for (my $i = 0;; $i++) {
    my $value = unpack $plus ? 'Q<' : 'V', bytes($lookup + $i * $width, $width);
    last unless $value;
    my $ordinal = $value >> ($plus ? 63 : 31);
    $imports{$library}{$ordinal ? '#' . ($value & 0xffff) : text(($value & 0x7fffffff) + 2)} = 1;
  }
}
delete $imports{'shell32.dll'} if $base =~ /\.exe$/; # CommandLineToArgvW: the command is in nobody's process but its own
my @foreign = grep { !/^(advapi32|kernel32|msvcrt|ws2_32|version)\.dll$|^api-ms-win-crt-/ } keys %imports;
check('imports system DLLs only: no libssp, user32, ole32, rpcrt4, gdi32', %imports && !@foreign, "@foreign");
if ($base =~ /\.dll$/) {
  # One function that is missing, and no program with sockets starts.
  (my $list = $0) =~ s{[^/\\]+$}{imports.txt};
  my %known = map { $_ => 1 } grep { !/^#/ } split /\n/, content($list);
  my @new = grep { !$known{$_} } map { my $library = $_; map { "$library $_" } keys %{ $imports{$library} } } keys %imports;
  check('imports only what tests/shipped/imports.txt lists', !@new, "@new");
  my @makers = grep { /^(CreateThread|CreateRemoteThread|_beginthread|QueueUserWorkItem|CreateThreadpool|TrySubmitThreadpool
    |SubmitThreadpool|CreateTimerQueue|RegisterWaitForSingleObject|BindIoCompletionCallback|CreateFiber|ConvertThreadToFiber)/x }
    map { keys %$_ } values %imports;
  check('imports nothing that makes a thread', !@makers, "@makers");
  my @enders = grep { /^(ExitProcess|exit|_exit|printf|puts|fputs)$/ } keys %{ $imports{'kernel32.dll'} };
  check('ends no process of its own accord', !@enders, "@enders");
}

# ---- version resource: type 16, the first of it, in its first language ----
my ($resources) = directory(2);
sub resource {
  my ($offset, $wanted) = @_;
  my ($named, $ids) = unpack 'vv', bytes($resources + $offset + 12, 4);
  for my $i (0 .. $named + $ids - 1) {
    my ($id, $to) = unpack 'VV', bytes($resources + $offset + 16 + 8 * $i, 8);
    return $to & 0x7fffffff if !defined $wanted || $id == $wanted;
  }
  return;
}
if ($resources) {
  my $type = resource(0, 16);
  my $entry = defined $type ? resource(resource($type)) : undef;
  my ($rva, $size) = defined $entry ? unpack('VV', bytes($resources + $entry, 8)) : ();
  my $info = defined $rva ? bytes($rva, $size) : '';
  my $fixed = index $info, pack 'V', 0xfeef04bd;
  my ($high, $low) = $fixed >= 0 ? unpack 'VV', substr $info, $fixed + 8, 8 : (0, 0);
  my $numbers = join '.', $high >> 16, $high & 0xffff, $low >> 16;
  check("version resource: $version", $numbers eq $version, $numbers);
  (my $wide = $info) =~ s/\0//g;
  check('version resource: names', index($wide, 'ProductNameSockwarden') >= 0 && index($wide, "OriginalFilename$base") >= 0);
} else {
  check('version resource', 0);
}

# ---- symbols ----
my $debug = content("$path.debug");
check('stripped', $pe !~ /\.debug_(info|line|str)/ && $debug =~ /\.debug_info/); # long names of sections
my $crc = pack 'V', Compress::Zlib::crc32($debug);
check('names its .debug, by the right sum', $pe =~ /\Q$base\E\.debug\0{1,4}\Q$crc\E/s);
my $rva;
if ($symbol eq 'entry') {
  $rva = unpack 'V', substr $optional, 16, 4;
} else {
  my ($exports) = directory(0);
  my ($functions) = unpack 'V', bytes($exports + 28, 4);
  $rva = unpack 'V', bytes($functions, 4);
}
my $told = qx{$addr2line -f -e "$path.debug" @{[sprintf '0x%x', $image_base + $rva]}};
check(".debug resolves $symbol to a line", $told =~ /^\Q$symbol\E\b.*\n.*\Q$source\E:\d+/ || ($symbol eq 'entry' && $told =~ /\Q$source\E:\d+/), $told);

my ($debug_rva, $debug_size) = directory(6);
my ($rsds) = map { substr $pe, $_->[1], $_->[0] } grep { $_->[2] == 2 }
  map { my @d = unpack 'VVvvVVVV', bytes($debug_rva + 28 * $_, 28); [@d[5, 7], $d[4]] } 0 .. $debug_size / 28 - 1;
my $pdb = content("$path.pdb");
my ($block_size, undef, undef, $directory_size, undef, $map) = unpack 'V6', substr $pdb, 32, 24;
my $blocks = int(($directory_size + $block_size - 1) / $block_size);
my $streams = join '', map { substr $pdb, $_ * $block_size, $block_size } unpack "V$blocks", substr $pdb, $map * $block_size, 4 * $blocks;
my ($stream_count, @sizes) = unpack 'V/V', $streams;
@sizes = unpack 'V*', substr $streams, 4, 4 * unpack('V', $streams);
my $first = 4 + 4 * @sizes + 4 * int(($sizes[0] == 0xffffffff ? 0 : $sizes[0] + $block_size - 1) / $block_size);
my $information = substr $pdb, unpack('V', substr $streams, $first, 4) * $block_size, 28;
check('the .pdb is its own: same GUID', defined $rsds && substr($rsds, 0, 4) eq 'RSDS' && substr($rsds, 4, 16) eq substr($information, 12, 16));
check('names its .pdb without a path', defined $rsds && unpack('Z*', substr $rsds, 24) eq "$base.pdb");
check('the .pdb knows functions', $symbol eq 'entry' ? index($pdb, "policy_decide\0") >= 0 : index($pdb, $symbol) >= 0 && index($pdb, 'policy_decide') >= 0);
check('stack protector, our own', index($debug, "__stack_chk_fail\0") >= 0 && index($debug, "__stack_chk_guard\0") >= 0);

# ---- the same bytes anywhere, at any time ----
check('no time stamp', $time == 0, $time);
check('no path of the machine that built it', $pe !~ m{/(work|tmp|home|root|usr|builds?)/[\w.-]+/}, $&);

exit $failed;
