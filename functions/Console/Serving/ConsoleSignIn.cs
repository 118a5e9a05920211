namespace TfFlow.WebConsole.Serving;

/// <summary>How people sign in at this host.</summary>
/// <param name="SignIn">Where who is not signed in is sent.</param>
/// <param name="SignOutPosts">Signing out is a post; otherwise the address is followed.</param>
public sealed record ConsoleSignIn(string SignIn, string SignOut, bool SignOutPosts);
