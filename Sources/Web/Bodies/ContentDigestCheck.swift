import Crypto
import HTTP

/// Compares a body with what its sender says it is (RFC 9530).
public enum ContentDigestCheck {
    /// Throws 400 where `Content-Digest` or `Repr-Digest` states another SHA-256, or can't be read. Other algorithms are
    /// not looked at.
    public static func check(_ sha256: [UInt8], against request: Request) throws(Problem) {
        for name in ["Content-Digest", "Repr-Digest"] {
            let stated: ContentDigest?
            do throws(RequestFailure) { stated = try ContentDigest.read(name, of: request.fields) } catch {
                throw Problem(.badRequest, error.detail)
            }
            if let digest = stated?.digests["sha-256"], !ConstantTime.equal(digest, sha256) {
                throw Problem(.digestMismatch, "\(name) states another SHA-256 than \(Base64.encode(sha256)).")
            }
        }
    }
}
