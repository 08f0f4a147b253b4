// swift-tools-version: 6.2
import PackageDescription

let package = Package(
  name: "everything",
  products: [.library(name: "grant-everything", type: .dynamic, targets: ["Everything"])],
  dependencies: [.package(name: "sallyport", path: "sallyport")],
  targets: [
    .target(
      name: "Everything", dependencies: [.product(name: "SallyportPlugin", package: "sallyport")],
      path: "Everything")
  ])
