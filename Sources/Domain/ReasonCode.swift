/// Why a bank did not pay or gave the money back: a code of the external list of ISO 20022 (ExternalStatusReason1Code and
/// ExternalReturnReason1Code).
public struct ReasonCode: Hashable, Sendable, CustomStringConvertible {
    /// Four capital letters or digits.
    public let text: String

    public init?(_ text: String) {
        guard text.utf8.count == 4, text.utf8.allSatisfy({ (0x30...0x39).contains($0) || (0x41...0x5A).contains($0) }) else {
            return nil
        }
        self.text = text
    }

    public var description: String { text }

    /// What it means for the person who waits for the money, and what helps.
    public var sentence: String {
        Self.sentences[text] ?? "The bank did not pay it out; its reason is \(text). The money is in your balance again."
    }

    private static let sentences: [String: String] = [
        "AC01": "The account number is not known to the bank. Correct your payout details and ask again.",
        "AC03": "The account number is not valid for this payment. Correct your payout details and ask again.",
        "AC04": "The account is closed. Give another account in your payout details and ask again.",
        "AC06": "The account is blocked. Ask your bank, or give another account in your payout details.",
        "AC13": "The account is of a kind that can't take this payment. Give another account in your payout details.",
        "AG01": "The account can't receive payments of this kind. Give another account in your payout details.",
        "AG02": "The bank does not carry out payments of this kind. Ask again later or use another method.",
        "AM02": "The amount is above what this bank carries out at once. Ask for a smaller payout.",
        "AM04": "The paying account held too little at that moment. It is not your fault; ask again.",
        "AM05": "The bank took it for a payment that it had seen already. Ask again if nothing reached you.",
        "AM09": "The amount that arrived was not the amount that was sent. Ask again.",
        "BE01": "The name does not fit the account. Write the account holder's name as the bank knows it and ask again.",
        "BE04": "The bank needs your address for this payment. Contact the operator.",
        "CNOR": "The bank of the account is not known. Correct your payout details and ask again.",
        "CUST": "The payment was called back by the operator. Ask the operator why.",
        "DNOR": "The bank of the operator was not accepted. It is not your fault; ask again.",
        "FOCR": "The payment was called back and returned. Ask the operator why.",
        "MD07": "The bank says that the account holder has died. Contact the operator.",
        "MS02": "The bank of the account refused the payment on behalf of its customer and gives no reason.",
        "MS03": "The bank gives no reason. Ask your bank, or give another account in your payout details.",
        "NARR": "The bank gave a reason in words only. Ask the operator.",
        "RC01": "The bank's code (BIC) is wrong. Correct your payout details and ask again.",
        "RR04": "A regulation kept the bank from paying it out. Contact the operator.",
        "TECH": "A technical fault kept the bank from paying it out. Ask again.",
        "TM01": "The file reached the bank too late. It is not your fault; ask again.",
    ]
}
