import Domain
import JSON

/// A line of a price: a step, and the running price behind it.
struct PricedStep<Step: JSONDescribed>: JSONDescribed {
    let step: Step
    let hourly: Money

    static func describe(_ members: inout some JSONMembers<PricedStep>) {
        members.include(Step.self) { $0.step }
        members.required("per_finished_hour", .money, "The running price") { $0.hourly }
    }
}

extension PriceStep: JSONDescribed {
    static func describe(_ members: inout some JSONMembers<PriceStep>) {
        members.required("code", .string(), "What the line is about") { $0.code.rawValue }
        members.required("sentence", .string(), "In plain words") { $0.sentence }
        members.optional("factor", .factor, "Multiplies the running price; absent where the line multiplies nothing") {
            $0.factor
        }
        members.required("figures", .map(of: .string()), "What the factor comes from") { $0.figures }
    }
}

/// A step of a price list, which has its text.
private struct PreparedStep: JSONDescribed {
    let text: UnsafeRawBufferPointer

    static func describe(_ members: inout some JSONMembers<PreparedStep>) {
        members.prepared(PriceStep.self) { $0.text }
    }
}

extension PriceLines: JSONWritable {
    func write(to writer: inout JSONWriter) {
        writer.beginArray()
        var isFirst = true
        forEachText { text in
            if !isFirst { writer.writeComma() }
            isFirst = false
            switch text {
            case .prepared(let text, let hourly):
                PricedStep(step: PreparedStep(text: text), hourly: hourly).write(to: &writer)
            case .own(let line): PricedStep(step: line.step, hourly: line.hourly).write(to: &writer)
            }
        }
        writer.endArray()
    }
}
