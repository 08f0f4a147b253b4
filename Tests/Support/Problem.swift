/// Why a helper of the tests could not do its part; a test that meets one fails with its text.
package struct Problem: Error, CustomStringConvertible {
  package let description: String

  package init(_ description: String) { self.description = description }
}
