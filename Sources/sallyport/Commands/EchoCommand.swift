internal import Gateway

enum EchoCommand {
  static let command = Command(
    "echo", "Run a small upstream that answers with what it received",
    options: [
      Command.Option("--listen", "ADDR", "Where to listen (default: 127.0.0.1:9000; port 0: any)")
    ]
  ) { arguments throws(CommandFailure) in
    let address = try arguments.value("--listen") ?? "127.0.0.1:9000"
    do throws(StartFailure) {
      try EchoServer.run(on: address)
    } catch {
      throw CommandFailure(error)
    }
  }
}
