#!/usr/bin/env perl
# check-references.pl ROOT: whatever the comments of the sources and the pages of the manual cite is there: documents, paths,
# numbered statements and sections of pages, links and their anchors, files by their name alone, and names of functions. And
# each key of JSON that a subcommand prints is in the manual. Prints "ok references: KIND" or "not ok" for each kind, and where
# each citation that leads nowhere stands.
#
# What is read: comments of C, CMake, shell, Perl, Lua, message and .def files; and all of *.md but for blocks of code, in
# which only paths are looked at. How to cite:
#
#   docs/page.md                    the page is there
#   docs/page.md 2.3                it has a statement **2.3**, or a heading "2.3 ..."; "2 and 5", "2.3, 4": each of them
#   docs/page.md, C9               it has a row of that id
#   docs/page.md, "A title"         it has that heading
#   folder/file.c, folder/*.c       a path from the root, or the end of one
#   file.c                          a file of that name, somewhere
#   module_verb(), `module_verb`    that name occurs in the sources
use strict;
use warnings;
use FindBin;
use lib $FindBin::Bin;
use Manual;

my $root = shift or die "usage: check-references.pl ROOT\n";
my @files = files_below($root);
my %is_file = map { $_ => 1 } @files;
my (%is_folder, %is_name, %is_top);
for (@files) {
  my $path = $_;
  $is_name{$path =~ s{.*/}{}r} = 1;
  $is_folder{$path} = 1 while $path =~ s{/[^/]*$}{};
  $is_top{$1} = 1 if m{^([^/]+)/};
}
my $kinds_of_file = qr/(?:c|h|lua|sh|pl|pm|md|def|mc|cmake|patch|mjs|js|dict)/;

# Other people's: first folders of paths in their repositories, and names of their files.
my %foreign_folder = map { $_ => 1 } qw(src dll dlls viosock Samples desktop-src sdk-api-src winnt winsock2 sporder internal
  common install mswsock sys ntdll server lua-patched build C);
my %foreign_name = map { $_ => 1 } qw(
  dcatalog.c dcatitem.c dprovide.c dsocket.c dupsock.c enumprot.c nspinstl.c socklife.c spinstal.c sputil.c dllmain.c
  ws2spi.h winsock2.h windows.h lua.h lauxlib.h luaconf.h lstate.c lstate.h lgc.c ldo.c lvm.c llex.c ltable.c lstrlib.c lstring.c
  lparser.c lcode.c lapi.c ltm.c lbaselib.c ltablib.c lauxlib.c lobject.c lmem.c ldebug.c onelua.c lprefix.h sock.c afd.c fd.c
  lfunc.c llimits.h winternl.h winnt.h provider.cpp package-lock.json Node.js);
my %foreign_function = map { $_ => 1 } qw(open_fd lua_setreadonly);

# ---- what is read ----

# An item: a file, and pieces of text as [line, text, whether it is code]; what wraps is one piece.
my (%text, %sources);
for (@files) {
  next if $_ eq "tests/docs/check-references.pl"; # its own examples lead nowhere
  next unless /\.$kinds_of_file$/ || m{(?:^|/)(?:CMakeLists\.txt|LICENSE)$};
  $text{$_} = slurp("$root/$_");
}

# comments_of PATH: the comments, those of neighbouring lines as one.
sub comments_of {
  my ($path) = @_;
  my ($text, @pieces) = ($text{$path});
  if ($path =~ /\.[ch]$/) {
    while ($text =~ m{"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|/\*(.*?)\*/|//([^\n]*)}gs) {
      my $comment = $1 // $2 // next;
      my $line = 1 + (substr($text, 0, $-[0]) =~ tr/\n//);
      push @pieces, [$line, $comment =~ s/\n\s*\*?[ \t]?/\n/gr];
    }
    return @pieces;
  }
  my $mark = $path =~ /\.lua$/ ? '--' : $path =~ /\.(?:mc|def)$/ ? ';' : '#';
  my $number = 0;
  for (split /\n/, $text) {
    $number++;
    if (/^\s*\Q$mark\E+(.*)/) {
      my $said = $1;
      if (@pieces && $pieces[-1][2] == $number - 1) {
        $pieces[-1][1] .= "\n$said";
        $pieces[-1][2] = $number;
      } else {
        push @pieces, [$number, $said, $number];
      }
    } elsif (/\s\Q$mark\E (.*)/) {
      push @pieces, [$number, $1, 0];
    }
  }
  return map { [$_->[0], $_->[1]] } @pieces;
}

# paragraphs_of PATH: those of a page, blocks of code marked as such.
sub paragraphs_of {
  my ($path) = @_;
  my ($number, $code, @pieces) = (0, 0);
  for (split /\n/, $text{$path}) {
    $number++;
    if (/^\s*```/) {
      $code = !$code;
      push @pieces, [$number + 1, '', $code];
      next;
    }
    push @pieces, [$number, '', $code] if !@pieces || (!$code && /^(?:\s*$|#|\||\s*[-*] |\d+\. )/);
    $pieces[-1][1] .= ($pieces[-1][1] eq '' ? '' : "\n") . $_;
  }
  return @pieces;
}

my %pieces;
for my $path (keys %text) {
  $pieces{$path} = [$path =~ /\.md$/ ? paragraphs_of($path) : comments_of($path)];
}

# All words of the sources that are not comments: what a name may mean.
my %is_word;
for my $path (keys %text) {
  next if $path =~ /\.md$/;
  my $code = $text{$path};
  $code =~ s{("(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*')|/\*.*?\*/|//[^\n]*}{$1 // ' '}gse if $path =~ /\.[ch]$/;
  $code =~ s/^\s*(?:#|--|;).*//mg if $path !~ /\.(?:[ch]|m?js)$/;
  $is_word{$_} = 1 for $code =~ /\w+/g;
}
for (@files) { # an input of a fuzz target or a case is named by its file
  $is_word{s{.*/}{}r =~ s/\..*//r =~ tr/-/_/r} = 1;
}

# ---- pages ----

my (%headings, %anchors, %numbers);
for my $path (grep { /\.md$/ } keys %text) {
  my (%seen, $code);
  for (split /\n/, $text{$path}) {
    $code = !$code if /^\s*```/;
    next if $code;
    $numbers{$path}{$_} = 1 for /\*\*(\d+(?:\.\d+)*)\*\*/g, /^\| ([A-Z]\d+) \|/;
    next unless /^#+ +(.*?) *$/;
    my $title = $1;
    $numbers{$path}{$1} = 1 if $title =~ /^(\d+(?:\.\d+)*)\b/;
    $headings{$path}{lc $title =~ s/`//gr} = 1;
    my $anchor = lc $title =~ s/`//gr;
    $anchor =~ s/[^\w\- ]//g;
    $anchor =~ tr/ /-/;
    $anchors{$path}{$seen{$anchor} ? "$anchor-$seen{$anchor}" : $anchor} = 1;
    $seen{$anchor}++;
  }
}

my %problems;

sub wrong {
  my ($kind, $path, $line, $said) = @_;
  push @{$problems{$kind}}, "$path:$line: $said";
}

# page_of NAME, CITER: the path of the page that is meant, if there is one.
sub page_of {
  my ($name, $citer) = @_;
  my $beside = $citer =~ m{^(.*/)} ? "$1$name" : $name;
  for ($name, "docs/$name", $beside) {
    return $_ if $is_file{$_};
  }
  return undef;
}

sub check_page_citations {
  my ($path, $line_of, $said) = @_;
  while ($said =~ m{(?<![\w/.-])(?<!\]\()((?:[\w.-]+/)*[\w-]+\.md)\b`?(?:(,) *("?)([^\n]{0,80})|[ ]+(\d+(?:\.\d+)*(?:(?:,| and|, and) \d+(?:\.\d+)*\b(?!\s*%))*))?}g) {
    my ($name, $comma, $quote, $after, $cited, $line) = ($1, $2, $3, $4, $5, $line_of->($-[0]));
    next if $name =~ m{^([\w-]+)/} && $foreign_folder{$1};
    next if $name =~ m{^[A-Z]+\.md$} && !page_of($name, $path); # stands for any page
    my $page = page_of($name, $path);
    if (!defined $page) {
      wrong('documents', $path, $line, "there is no $name");
    } elsif (defined $cited) {
      for ($cited =~ /\d+(?:\.\d+)*/g) {
        wrong('sections', $path, $line, "$page has no $_") unless $numbers{$page}{$_};
      }
    } elsif ($comma && $after =~ /^([A-Z]\d+)\b/) {
      wrong("sections", $path, $line, "$page has no $1") unless $numbers{$page}{$1};
    } elsif ($comma && ($quote || $after =~ /^[A-Z]/)) {
      my $title = lc($quote ? $after =~ s/".*//r : $after);
      my @fitting = $quote ? grep { $_ eq $title } keys %{$headings{$page}}
        : grep { index($title, $_) == 0 } keys %{$headings{$page}};
      wrong('sections', $path, $line, "$page has no section \"" . ($quote ? $after =~ s/".*//r : substr $after, 0, 40) . '"')
        unless @fitting;
    }
  }
}

# Whether there is a file or folder that the words of a path may mean: capitals stand for any name.
sub leads_somewhere {
  my ($cited, $citer) = @_;
  $cited =~ s{/$}{};
  return 1 if $is_file{$cited} || $is_folder{$cited};
  my @ways = ($cited);
  while (grep { /\{[^{}]*\}/ } @ways) {
    @ways = map { my $way = $_; $way =~ /^(.*?)\{([^{}]*)\}(.*)$/ ? map { "$1$_$3" } split /,/, $2, -1 : $way } @ways;
  }
  for my $way (@ways) {
    my $pattern = join '', map { $_ eq '*' ? '[^/]*' : /^[A-Z]+$/ ? '[^/]+' : quotemeta } split /(\*|(?<=\/)[A-Z]+(?=\/|$))/, $way;
    my $folder = $citer =~ m{^(.*)/} ? "$1/" : '';
    return 0 unless grep { m{^(?:\Q$folder\E|(?:.*/)?)$pattern$} } @files, keys %is_folder;
  }
  return 1;
}

# In blocks of code, only paths from the root count, and no policies: examples have folders of their own.
sub check_paths {
  my ($path, $line_of, $said, $code) = @_;
  while ($said =~ m{(?<![\w/\\.:<>\$~%@*-])([\w.-]+(?:/[\w.{},*-]+)+/?)}g) {
    my ($cited, $line) = ($1, $line_of->($-[0]));
    $cited =~ s/[.,:]+$//;
    $cited =~ s/[,}]+$// unless $cited =~ /\{/;
    my ($first) = $cited =~ m{^([^/]+)};
    next if $foreign_folder{$first} || $cited =~ /\.md$/ || ($cited =~ m{^\d|\.(?:com|org|exe|dll)\b}); # pages have a check of their own
    next unless $is_top{$first} && (!$code || $first ne "policies") || !$code && $cited =~ /\.$kinds_of_file$/;
    wrong('paths', $path, $line, "there is no $cited") unless leads_somewhere($cited, $path);
  }
}

sub check_names {
  my ($path, $line_of, $said) = @_;
  while ($said =~ m"(?<![\w/\\.*{-])([A-Za-z_][\w-]*\.$kinds_of_file)\b(?![\w/-])"g) {
    my ($name, $line) = ($1, $line_of->($-[0]));
    next if $name =~ /\.md$|^_|^[A-Z]+[._]/ || $is_name{$name} || $foreign_name{$name};
    wrong('files by name', $path, $line, "there is no file called $name");
  }
}

sub check_functions {
  my ($path, $line_of, $said) = @_;
  my $page = $path =~ /\.md$/;
  my @found;
  push @found, [$1, $-[0]] while $said =~ /(?<![\w.:>])([a-z][a-z0-9]*(?:_{1,2}[a-z0-9]+)+)\(\)/g;
  while ($page && $said =~ /`([a-z][a-z0-9]*(?:_{1,2}[a-z0-9]+)+)(?:\([^`]*\))?`/g) {
    push @found, [$1, $-[0]];
  }
  while (!$page && $path =~ /\.[ch]$/ && $said =~ /(?<![\w.:\/`'"\\%-])([a-z][a-z0-9]*_{1,2}[a-z0-9]+(?:_+[a-z0-9]+)*)(?![\w*\/-]|\.\w)/g) {
    push @found, [$1, $-[0]];
  }
  for (@found) {
    next if $_->[0] =~ /^(?:module|thing)_/; # stand for any
    wrong('functions', $path, $line_of->($_->[1]), "nothing is called $_->[0]") unless $is_word{$_->[0]} || $foreign_function{$_->[0]};
  }
}

# ---- links ----

sub check_links {
  my ($path, $line_of, $said) = @_;
  while ($said =~ /\]\(([^()\s]+)\)/g) {
    my ($target, $line) = ($1, $line_of->($-[0]));
    next if $target =~ /^(?:https?|mailto):/;
    my ($file, $anchor) = $target =~ /^([^#]*)#?(.*)$/;
    my $page = $path;
    if ($file ne '') {
      $page = ($path =~ m{^(.*/)} ? $1 : '') . $file;
      1 while $page =~ s{(?:^|/)\K(?!\.\./)[^/]+/\.\./}{};
      $page =~ s{/$}{};
      if (!$is_file{$page} && !$is_folder{$page}) {
        wrong('links', $path, $line, "$target leads nowhere");
        next;
      }
    }
    wrong('links', $path, $line, "$page has no anchor #$anchor") if $anchor ne '' && !$anchors{$page}{$anchor};
  }
}

# ---- keys of JSON ----

# What the subcommands print under --json is a promise to programs: each key is in the manual.
sub check_json_keys {
  my $manual = join "\n", map { $text{$_} } grep { m{^docs/} } keys %text;
  for my $path (grep { m{^cli/.*\.c$} } sort keys %text) {
    while ($text{$path} =~ /\bjson_\w+\([^;"]*?, "([a-z_]+)"/g) {
      my $line = 1 + (substr($text{$path}, 0, $-[0]) =~ tr/\n//);
      wrong("keys of JSON", $path, $line, "`$1` is in no page of the manual") unless $manual =~ /`$1`/;
    }
  }
}

# ---- all of it ----

my $read = 0;
for my $path (sort keys %pieces) {
  for (@{$pieces{$path}}) {
    my ($line, $said, $code) = @$_;
    my @starts = (0);
    push @starts, $+[0] while $said =~ /\n/g;
    my $line_of = sub {
      my $at = 0;
      $at++ while $at < $#starts && $starts[$at + 1] <= $_[0];
      return $line + $at;
    };
    $read++;
    my $whole = $said =~ tr/\n/ /r;
    $whole =~ s/(<!--.*?-->)/" " x length $1/ge; # what the examples of a page are to do
    if ($path !~ m{^tests/hostile/.*\.lua$|^tests/fuzz/corpus/}) {
      check_page_citations($path, $line_of, $whole) unless $code;
      check_paths($path, $line_of, $code ? $said : $whole, $code);
    }
    next if $code;
    check_links($path, $line_of, $whole) if $path =~ /\.md$/;
    next if $path =~ /\.lua$/ || $path eq "CHANGELOG.md"; # the changelog names what is no longer there, too
    check_names($path, $line_of, $whole);
    check_functions($path, $line_of, $whole);
  }
}

check_json_keys();
for my $kind ('documents', 'sections', 'links', 'paths', 'files by name', 'functions', 'keys of JSON') {
  my %seen;
  say_case("references: $kind", grep { !$seen{$_}++ } @{$problems{$kind} // []});
}
print "$read comments and paragraphs\n";
exit(failed_cases() || $read < 1000 ? 1 : 0);
