using TfFlow.Lifecycle.Durable;

namespace TfFlow.Lifecycle.Agreements;

/// <summary>Carries one breach to its end: <see cref="AdvanceBreach"/> tells the provider at once, escalates what is overdue, and circulates outcome and learning. People's steps come through the API.</summary>
public sealed class BreachCaseOrchestration : RowOrchestration<BreachCaseOrchestration, AdvanceBreach, BreachReference>;
