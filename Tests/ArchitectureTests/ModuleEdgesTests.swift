import XCTest

/// The package manager lets transitive imports pass, so the edges are held here.
final class ModuleEdgesTests: XCTestCase {
  private let tree = SourceTree()
  /// What every Swift target may import without saying so in the manifest.
  private let system: Set<String> = ["Glibc", "Swift", "Synchronization"]

  private func manifest() throws -> PackageManifest {
    PackageManifest(try tree.text("Package.swift"))
  }

  func testModulesImportOnlyAlongTheEdgesOfTheManifest() throws {
    let modules = try manifest().modules
    XCTAssertGreaterThan(modules.count, 15, "the manifest was not understood")
    for module in modules {
      let files = tree.files(under: [module.path], endings: [".swift"])
      XCTAssertFalse(files.isEmpty, "\(module.path) holds no source")
      for file in files {
        let faults = SourceRules.undeclaredImports(file, allowed: module.uses.union(system))
        XCTAssertEqual(faults, [])
      }
    }
  }

  func testPluginsImportOnlyTheSDKAndTheirCLibrary() throws {
    let manifest = try manifest()
    XCTAssertGreaterThanOrEqual(manifest.plugins.count, 3)
    for plugin in manifest.plugins {
      let allowed = plugin.uses.union(system)
      XCTAssertTrue(
        plugin.uses.isSubset(of: manifest.systemModules.union(["SallyportPlugin"])),
        "\(plugin.name) links a module of the host")
      let files = tree.files(under: [plugin.path], endings: [".swift"])
      XCTAssertFalse(files.isEmpty, "\(plugin.path) holds no source")
      for file in files {
        XCTAssertEqual(SourceRules.undeclaredImports(file, allowed: allowed), [])
      }
    }
  }

  func testAModuleUsesOnlyModulesListedBeforeIt() throws {
    let manifest = try manifest()
    var below = manifest.systemModules
    for module in manifest.modules where module.name != "SallyportPlugin" {
      XCTAssertEqual(
        module.uses.subtracting(below), [], "\(module.name) uses what stands beside or above it")
      below.insert(module.name)
    }
  }

  func testTheSDKSharesNoModuleWithTheHost() throws {
    let manifest = try manifest()
    let sdk = try XCTUnwrap(manifest.modules.first { $0.name == "SallyportPlugin" })
    XCTAssertEqual(sdk.uses, ["CSallyport"])
    for module in manifest.modules {
      XCTAssertFalse(module.uses.contains("SallyportPlugin"), "\(module.name) links the SDK")
    }
  }

  func testEveryFolderOfSourcesIsAModule() throws {
    let manifest = try manifest()
    XCTAssertEqual(Set(try tree.names(in: "Sources")), Set(manifest.modules.map(\.name)))
  }

  func testAnUndeclaredImportIsFound() {
    let text = [
      "// import Foundation", "internal import JSON", "@preconcurrency import struct HTTP.Fields",
    ]
    let file = SourceTree.File(path: "x.swift", lines: text)
    XCTAssertEqual(SourceRules.undeclaredImports(file, allowed: ["JSON"]).count, 1)
    XCTAssertEqual(SourceRules.undeclaredImports(file, allowed: ["JSON", "HTTP"]), [])
  }
}
