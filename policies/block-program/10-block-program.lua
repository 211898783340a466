-- A program that has no business on the network.
--
-- Put its path here. WSAEPROTONOSUPPORT is an error that programs know from machines without a protocol, so they report
-- it or go on without a network; even those that abort on WSAEACCES cope with it. Local sockets (AF_UNIX) stay.
rule {
  name = "no network for the report viewer",
  app = { [[C:\Program Files\Example Reports\*]], "reportviewer.exe" },
  af = none_of { AF_UNIX },
  verdict = reject(WSAEPROTONOSUPPORT, "this program does not use the network"),
}
