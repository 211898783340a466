local viewer = [[D:\apps\ReportViewer.exe]]

test("it gets no socket of any kind", function()
  for _, af in ipairs { AF_INET, AF_INET6, AF_BTH, AF_HYPERV } do
    for _, type in ipairs { SOCK_STREAM, SOCK_DGRAM, SOCK_RAW } do
      assert_reject(decide { app = viewer, af = af, type = type }, WSAEPROTONOSUPPORT)
    end
  end
end)

test("nor does anything else in its folder", function()
  local result = decide { app = [[C:\Program Files\Example Reports\bin\helper.exe]] }
  assert_reject(result, WSAEPROTONOSUPPORT)
  assert_rule(result, "no network for the report viewer")
end)

test("local sockets stay", function()
  assert_allow(decide { app = viewer, af = AF_UNIX })
end)

test("other programs are not touched", function()
  assert_allow(decide { app = [[C:\Program Files\Example\reports.exe]] })
end)
