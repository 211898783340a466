-- One verdict for each name that matrix.exe runs under.
rule { app = "reject.exe", verdict = reject(WSAEPROTOTYPE) }
rule { app = "rewrite-inet-stream.exe", verdict = rewrite { af = AF_INET, type = SOCK_STREAM, protocol = IPPROTO_TCP } }
rule { app = "rewrite-inet-dgram.exe", verdict = rewrite { af = AF_INET, type = SOCK_DGRAM, protocol = IPPROTO_UDP } }
rule { app = "rewrite-inet-raw.exe", verdict = rewrite { af = AF_INET, type = SOCK_RAW, protocol = IPPROTO_ICMP } }
rule { app = "rewrite-inet6-stream.exe", verdict = rewrite { af = AF_INET6, type = SOCK_STREAM, protocol = IPPROTO_TCP } }
rule { app = "rewrite-inet6-dgram.exe", verdict = rewrite { af = AF_INET6, type = SOCK_DGRAM, protocol = IPPROTO_UDP } }
rule { app = "rewrite-inet6-raw.exe", verdict = rewrite { af = AF_INET6, type = SOCK_RAW, protocol = IPPROTO_ICMPV6 } }

-- And for the children of handed.exe.
rule { app = "refused.exe", shared = true, verdict = reject(WSAEPROTOTYPE) }
rule { app = "own-refused.exe", shared = false, verdict = reject(WSAEPROTOTYPE) }
rule { app = "rewritten.exe", verdict = rewrite { af = AF_INET, type = SOCK_DGRAM, protocol = IPPROTO_UDP } }
