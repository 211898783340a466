rule { tpe = SOCK_RAW, verdict = allow }
rule { type = SOCK_RAWW, verdict = reject(WSAEINPROGRESS) }
rule { verdict = reject(1), af = "inet", { 1 } }
rule { app = "", user = { a = 1 }, service = 3, elevated = "no", verdict = rewrite { typ = 1 } }
on_socket(reject(WSAEACCES))
rule(none_of(none_of { 1 }))
local f = function( request
