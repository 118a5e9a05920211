using TfFlow.Lifecycle.Durable;

namespace TfFlow.Lifecycle.Cases;

/// <summary>Carries a person's request on: <see cref="AdvanceRequest"/> asks the originators, asks again and escalates. What people decide comes through the API.</summary>
/// <remarks>Each deadline is a due row, from which the sweep starts it.</remarks>
public sealed class SubjectRequestOrchestration : RowOrchestration<SubjectRequestOrchestration, AdvanceRequest, SubjectRequestReference>;
