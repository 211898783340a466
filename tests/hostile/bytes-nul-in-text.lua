-- attack: a zero byte in a name
-- run: load
-- expect: error app: the string contains a zero byte
-- line: 5
rule { app = "ping.exe\0.txt", verdict = reject(WSAEACCES) }
