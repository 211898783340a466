-- attack: catching the end of the budget
-- run: load
-- expect: error 'pcall' is not part of the policy language
-- line: 6
while true do
  pcall(function()
    while true do
    end
  end)
end
