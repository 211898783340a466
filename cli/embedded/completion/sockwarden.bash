# Completion for bash. Put this line into ~/.bashrc:  source <(sockwarden completion bash)
# Commands and options are asked of sockwarden itself, so they are always those of the version installed.
_sockwarden() {
  local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD - 1]} program=${COMP_WORDS[0]} words=
  COMPREPLY=()
  if [ "$COMP_CWORD" -eq 1 ]; then
    words=$("$program" --help 2>/dev/null | sed -n 's/^  \([a-z]\{1,\}\) .*/\1/p')
    COMPREPLY=($(compgen -W "$words --help" -- "$current"))
    return
  fi
  if [ "${current#-}" != "$current" ]; then
    words=$("$program" "${COMP_WORDS[1]}" --help 2>/dev/null | sed -n 's/^  \(--[a-z-]\{1,\}\).*/\1/p')
    COMPREPLY=($(compgen -W "$words" -- "$current"))
    return
  fi
  case $previous in
    --af) words='inet inet6 unix bth hyperv irda' ;;
    --type) words='stream dgram raw rdm seqpacket' ;;
    --protocol) words='tcp udp icmp icmpv6 igmp raw' ;;
    --mode) words='enforce audit off' ;;
    --on-error | --default-verdict) words='allow reject' ;;
    --verdict) words='allow reject rewrite' ;;
    --elevated | --shared) words='true false' ;;
    --policies | --against | --log-dir)
      COMPREPLY=($(compgen -d -- "$current"))
      return
      ;;
    --request | --app)
      COMPREPLY=($(compgen -f -- "$current"))
      return
      ;;
    completion) words='bash powershell' ;;
  esac
  if [ -n "$words" ]; then
    COMPREPLY=($(compgen -W "$words" -- "$current"))
  else
    COMPREPLY=($(compgen -f -- "$current"))
  fi
}
complete -o filenames -F _sockwarden sockwarden sockwarden.exe
