import HTTP

extension Response {
    /// After the request's conditions and range. What the server would refuse by them alone, without a word, says why.
    func conditioned(by request: Request) -> Response {
        guard status == 200 else { return self }
        let answer = applyingConditions(of: request)
        return switch answer.status {
        case 412: answer.explained(.preconditionFailed, "What is there now is not what the request's conditions mean.", request)
        case 416: answer.explained(.rangeNotSatisfiable, "The content ends before this range.", request)
        default: answer
        }
    }

    private func explained(_ code: ProblemCode, _ detail: String, _ request: Request) -> Response {
        let problem = Problem(code, detail).response(to: request)
        var response = self
        for field in problem.fields.all { response.fields[field.name] = field.value }
        // Of the content that is not sent.
        response.fields["Repr-Digest"] = nil
        response.body = problem.body
        return response
    }
}
