-- attack: the same through table.sort
-- run: both
-- expect: fine
table.sort(string)
return reject(WSAEUSERS)
