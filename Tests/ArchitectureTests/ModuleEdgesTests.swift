import XCTest

final class ModuleEdgesTests: XCTestCase {
}
