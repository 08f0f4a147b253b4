@main
enum Sallyport {
  nonisolated static func main() {}
}
