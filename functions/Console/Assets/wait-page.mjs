// Looks every second whether the report is there. The page itself leads to it.
const look = async () => {
  const answer = await fetch(location.href).catch(() => null);
  if (answer?.redirected) location.replace(answer.url);
  else setTimeout(look, 1000);
};
setTimeout(look, 1000);
