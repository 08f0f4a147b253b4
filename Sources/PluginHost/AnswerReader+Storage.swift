internal import CSallyport
internal import Ports

extension AnswerReader {
  /// How an `apply` ended.
  static func applied(_ pointer: UnsafePointer<sp_applied>, for call: PluginCall) -> Answer {
    reading { _ throws(AnswerFault) in
      guard case .apply(let count) = call.kind else {
        throw .malformed("this call is no apply")
      }
      let applied = pointer.pointee
      guard applied.status == SP_OK else {
        return .applied(
          .failure(
            StorageError(applied.status, "", conflict: min(applied.conflict, max(0, count - 1)))))
      }
      guard applied.version_count == count, let versions = applied.versions else {
        throw .malformed("\(applied.version_count) versions for \(count) changes")
      }
      return .applied(
        .success(
          UnsafeBufferPointer(start: versions, count: count).map {
            $0 == 0 ? nil : RecordVersion($0)
          }))
    }
  }
}
