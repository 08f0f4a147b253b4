/// Recognises RSA moduli made by Infineon's faulty generator (CVE-2017-15361).
///
/// Its primes are `k * M + (65537^a mod M)` with M a product of the first primes, so the modulus is
/// a power of 65537 modulo each of these. One of an honest generator is that by a chance of 2^-27.
enum ROCA {
  private static let primes: [Int] = [
    3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47, 53, 59, 61, 67, 71, 73, 79, 83, 89, 97,
    101, 103, 107, 109, 113, 127, 131, 137, 139, 149, 151, 157, 163, 167,
  ]

  /// Whether a modulus, big-endian, has the mark: it can be factored at a cost that many can pay.
  static func marks(_ modulus: [UInt8]) -> Bool {
    primes.allSatisfy { prime in
      let remainder = modulus.reduce(0) { ($0 << 8 | Int($1)) % prime }
      return isPowerOf65537(remainder, modulo: prime)
    }
  }

  private static func isPowerOf65537(_ number: Int, modulo prime: Int) -> Bool {
    var power = 1
    repeat {
      if power == number { return true }
      power = power * (65_537 % prime) % prime
    } while power != 1
    return false
  }
}
