-- A machine with one task: only these programs get sockets.
--
-- For kiosks and machines at a production line. Everything of Windows itself stays allowed, or the machine could not be
-- managed. The first rule that matches decides, so the exceptions stand above.
rule {
  name = "Windows itself",
  app = { [[C:\Windows\*]], [[C:\Program Files\Windows Defender\*]], [[C:\ProgramData\Microsoft\Windows Defender\*]] },
  verdict = allow(),
}

rule {
  name = "the task of this machine",
  app = { [[C:\Program Files\Example Kiosk\*]] },
  type = { SOCK_STREAM, SOCK_DGRAM },
  verdict = allow(),
}

-- Not WSAEACCES: programs that cannot do without a network abort on that one.
rule {
  name = "nothing else",
  verdict = reject(WSAEPROTONOSUPPORT, "this program has no task on this machine"),
}
