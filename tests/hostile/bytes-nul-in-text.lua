-- attack: a zero byte in a name
-- run: load
-- expect: error a name cannot hold a zero byte
-- line: 5
rule { app = "ping.exe\0.txt", verdict = reject(WSAEACCES) }
