using TfFlow.Lifecycle.Durable;

namespace TfFlow.Lifecycle.Cases;

/// <summary>Carries a family's case on. What people decide comes through the API; <see cref="AdvanceCase"/> does what follows from it.</summary>
/// <remarks>It waits while a family has been invited. Everything longer is a due row, which the sweep looks at.</remarks>
public sealed class FamilyCaseOrchestration : RowOrchestration<FamilyCaseOrchestration, AdvanceCase, CaseReference>;
