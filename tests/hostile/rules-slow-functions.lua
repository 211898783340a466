-- attack: 2,000 functions that stay just within their steps
-- run: policy
-- expect: error spent 16 times
-- memory: 1200
for i = 1, 2000 do
  on_socket(function(request)
    if request.type == SOCK_RAW then
      for n = 1, 240000 do
      end
    end
  end)
end
