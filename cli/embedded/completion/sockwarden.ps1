# Completion for PowerShell. Put this line into your $PROFILE:
#   sockwarden completion powershell | Out-String | Invoke-Expression
# Commands and options are asked of sockwarden itself, so they are always those of the version installed.
Register-ArgumentCompleter -Native -CommandName sockwarden, sockwarden.exe -ScriptBlock {
  param($wordToComplete, $commandAst, $cursorPosition)
  $words = @($commandAst.CommandElements | ForEach-Object { $_.ToString() })
  $program = $words[0]
  $position = $words.Count
  if ($wordToComplete) { $position = $words.Count - 1 }
  $previous = $words[$position - 1]
  $found = @()
  if ($position -le 1) {
    $found = @(& $program --help 2>$null | Select-String -Pattern '^  ([a-z]+) ' |
      ForEach-Object { $_.Matches[0].Groups[1].Value }) + '--help'
  } else {
    switch ($previous) {
      '--af' { $found = 'inet', 'inet6', 'unix', 'bth', 'hyperv', 'irda' }
      '--type' { $found = 'stream', 'dgram', 'raw', 'rdm', 'seqpacket' }
      '--protocol' { $found = 'tcp', 'udp', 'icmp', 'icmpv6', 'igmp', 'raw' }
      '--mode' { $found = 'enforce', 'audit', 'off' }
      { $_ -in '--on-error', '--default-verdict' } { $found = 'allow', 'reject' }
      '--verdict' { $found = 'allow', 'reject', 'rewrite' }
      { $_ -in '--elevated', '--shared' } { $found = 'true', 'false' }
      'completion' { $found = 'bash', 'powershell' }
    }
    if (-not $found -and $wordToComplete.StartsWith('-')) {
      $found = @(& $program $words[1] --help 2>$null | Select-String -Pattern '^  (--[a-z-]+)' |
        ForEach-Object { $_.Matches[0].Groups[1].Value })
    }
  }
  $found | Where-Object { $_ -like "$wordToComplete*" } |
    ForEach-Object { [System.Management.Automation.CompletionResult]::new($_) }
}
