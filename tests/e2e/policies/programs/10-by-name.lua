-- Unmodified programs run under the names below, which say what is done to their sockets. Any other name is allowed all
-- but raw sockets: the last step says so in Lua, so that every socket goes through a function too.
rule { type = SOCK_RAW, verdict = reject(WSAEACCES) }

rule { app = "no-udp.exe", type = SOCK_DGRAM, verdict = reject(WSAEACCES) }
rule { app = "no-ipv6.exe", af = AF_INET6, verdict = reject(WSAEAFNOSUPPORT) }
rule { app = "no-tcp.exe", type = SOCK_STREAM, verdict = reject(WSAEACCES) }
rule { app = "tcp-unsupported.exe", type = SOCK_STREAM, verdict = reject(WSAEPROTONOSUPPORT) }

-- A socket another process made and hands over is not this program's own.
rule { app = "handed-over.exe", type = SOCK_STREAM, shared = false, verdict = reject(WSAEACCES) }

rule { app = "udp-as-tcp.exe", type = SOCK_DGRAM, verdict = rewrite { type = SOCK_STREAM } }
rule { app = "ipv6-as-ipv4.exe", af = AF_INET6, verdict = rewrite { af = AF_INET } }
rule { app = "same.exe", type = SOCK_STREAM, verdict = rewrite { type = SOCK_STREAM, protocol = IPPROTO_TCP } }
rule { app = "same.exe", type = SOCK_DGRAM, verdict = rewrite { type = SOCK_DGRAM, protocol = IPPROTO_UDP } }

on_socket(function(request)
  return allow()
end)
