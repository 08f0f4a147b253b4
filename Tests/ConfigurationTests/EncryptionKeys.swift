/// Keys of tests, made for them and used nowhere else.
enum EncryptionKeys {
  static let privatePEM = """
    -----BEGIN PRIVATE KEY-----
    MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgd16Dgh243pDr2eTI
    Cg7uED9t/ykwuUa2uRvd5UOX0mihRANCAAR8zy8kUZHxKHxO8y4YK0Jb5rAcg88V
    yAoIdwiWTVASr45/GtAbmrB6SJ/SHP/+3+/n8vFYfihfex3WrPp3Pu2U
    -----END PRIVATE KEY-----
    """

  static let publicPEM = """
    -----BEGIN PUBLIC KEY-----
    MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEfM8vJFGR8Sh8TvMuGCtCW+awHIPP
    FcgKCHcIlk1QEq+OfxrQG5qwekif0hz//t/v5/LxWH4oX3sd1qz6dz7tlA==
    -----END PUBLIC KEY-----
    """

  static let rsaPublicPEM = """
    -----BEGIN PUBLIC KEY-----
    MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAsgPmNWvc1OQs6m5K+src
    lTzuBYdUG2qwqaqnxO7gpxtsx/rgT2EWFYcPE/sGQHNhzMyDJtzecNrXVp4AIy2K
    SX7sU8fWqbW3mWv+tZ4Hje/SbeDuxGCxU4cYd997xWM+h+IZG9sct8uHxFtXHnDI
    c5lKqdYwtJMOfTXJNUcPfE8PXaucOao8TFLVYN9q9Htax6c+4j5WU0Fdawk6uOFr
    UMZeN4uzARTheeSTffGgnQkp4gBeyxIMvY8yEvFtj+ydnFMZBSD7gzWrex0j+Apa
    iVcDec3PbOA8ByQVLvFBWBFkVWpIN4aykmpPmjOuRdD/izUvX0WqNOw189ORKk6/
    owIDAQAB
    -----END PUBLIC KEY-----
    """

  static let privateJWK = #"""
    {"kty":"EC","crv":"P-256","kid":"payroll-1","use":"enc",
    "x":"fM8vJFGR8Sh8TvMuGCtCW-awHIPPFcgKCHcIlk1QEq8",
    "y":"jn8a0BuasHpIn9Ic__7f7-fy8Vh-KF97Hdas-nc-7ZQ","d":"d16Dgh243pDr2eTICg7uED9t_ykwuUa2uRvd5UOX0mg"}
    """#
}
