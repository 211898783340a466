-- attack: a for loop with a value to close
-- run: both
-- expect: error got a non-closable value
for x in next, {}, nil, {} do
end
