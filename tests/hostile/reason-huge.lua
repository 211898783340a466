-- attack: a reason of megabytes
-- run: both
-- expect: stopped
-- line: 5
return reject(WSAEACCES, ("x"):rep(5000000))
