// reloads.js FOLDER COUNT: swaps the policy in FOLDER COUNT times, each time once the layer has taken up the one before it,
// while sockets come and go. The policy in force shows in the error that a UDP socket over IPv6 gets.
const dgram = require('dgram')
const fs = require('fs')
const net = require('net')
const path = require('path')

const [folder, count] = [process.argv[2], Number(process.argv[3])]
const codes = ['EMFILE', 'ENOBUFS', 'EACCES']
let sockets = 0, connections = 0, surprises = 0

function swap(number) {
  const code = 'WSA' + codes[number % codes.length]
  fs.writeFileSync(path.join(folder, 'new.tmp'),
    `local number = ${number}\n` +
    `rule { name = "${number}", af = AF_INET6, type = SOCK_DGRAM, verdict = reject(${code}) }\n` +
    `on_socket(function(request) if request.type == SOCK_RAW then return reject(WSAEACCES, number) end end)\n`)
  for (;;) {
    try {
      return fs.renameSync(path.join(folder, 'new.tmp'), path.join(folder, '10-policy.lua'))
    } catch (error) { // the layer may be reading it
      if (!['EPERM', 'EACCES', 'EBUSY'].includes(error.code)) throw error
    }
  }
}

function ask() {
  return new Promise((resolve) => {
    const socket = dgram.createSocket('udp6')
    sockets++
    socket.on('error', (error) => { socket.close(); resolve(error.code) })
    socket.bind(0, '::1', () => { socket.close(); resolve('none') })
  })
}

function connectOnce(port) {
  return new Promise((resolve) => {
    const socket = net.connect(port, '127.0.0.1', () => socket.end('x'))
    socket.on('error', (error) => { surprises++; console.log('connect:', error.code); resolve() })
    socket.on('close', () => { connections++; resolve() })
    socket.resume()
  })
}

async function main() {
  const server = net.createServer((socket) => socket.pipe(socket))
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))
  for (let number = 1; number <= count; number++) {
    const before = codes[(number - 1) % codes.length], after = codes[number % codes.length]
    swap(number)
    for (;;) {
      const code = await ask()
      if (code === after) break
      if (code !== before) { surprises++; console.log(`reload ${number}: ${code}`) }
      await connectOnce(server.address().port)
    }
  }
  server.close()
  console.log(`${count} reloads, ${surprises} surprises`)
  console.error(`${sockets} UDP sockets, ${connections} TCP connections`)
}

main()
