-- For the demo: a raw ICMP socket becomes an ordinary UDP one.
on_socket(function(request)
  if request.type == SOCK_RAW and request.protocol == IPPROTO_ICMP then
    return rewrite { type = SOCK_DGRAM, reason = "no raw probes" }
  end
end)
