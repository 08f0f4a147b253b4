internal import Glibc

/// The program: finds the command, runs it, and turns its failure into a message and an exit code.
@main
enum Sallyport {
  nonisolated static func main() {
    let words = Array(CommandLine.arguments.dropFirst())
    do throws(CommandFailure) {
      try CommandTable.run(words)
    } catch {
      for line in error.lines { Terminal.complain(line) }
      exit(error.exitCode)
    }
  }
}
