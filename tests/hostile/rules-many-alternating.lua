-- attack: rules and functions by turns
-- run: policy
-- expect: stopped
-- memory: 1200
for i = 1, 2000 do
  rule { type = SOCK_RAW, protocol = i + 1000, verdict = allow() }
  on_socket(function(request)
    if request.type == SOCK_RAW then
      while true do
      end
    end
  end)
end
