import Foundation

/// Runs every set of vectors that a folder has, and says where this code decides otherwise.
@main
enum Wycheproof {
  static func main() {
    guard CommandLine.arguments.count == 2 else {
      print("usage: wycheproof FOLDER, which has Wycheproof's testvectors_v1")
      exit(2)
    }
    let folder = URL(fileURLWithPath: CommandLine.arguments[1])
    var reports: [SetReport] = []
    for set in VectorSet.all {
      let file = folder.appendingPathComponent(set.name + "_test.json")
      guard FileManager.default.fileExists(atPath: file.path) else {
        print("\(set.name): not there")
        continue
      }
      do {
        let report = SetReport(set.name, try VectorCase.all(in: Data(contentsOf: file)), set.check)
        print(report.text)
        reports.append(report)
      } catch {
        print("\(set.name): cannot be read: \(error)")
        exit(2)
      }
    }
    guard !reports.isEmpty else {
      print("\(folder.path) has none of the sets")
      exit(2)
    }
    let unexplained = reports.map(\.unexplained.count).reduce(0, +)
    let tests = reports.map(\.count).reduce(0, +)
    let explained = reports.map(\.explained).reduce(0, +)
    print("\(tests) tests, \(explained) deliberate deviations, \(unexplained) unexplained")
    exit(unexplained == 0 ? 0 : 1)
  }
}
