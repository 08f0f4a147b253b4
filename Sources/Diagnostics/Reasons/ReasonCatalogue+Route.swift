extension ReasonCatalogue {
  static let route = ReasonArea(
    "route", "Routes",
    "Why no route takes a request.",
    [
      ReasonEntry(
        .routeNone, "No route", shownAs: [.notFound],
        means: "No route has this host and path.",
        remedy: "Mend the URL, or add a route."),
      ReasonEntry(
        .routeMethod, "Method not taken", shownAs: [.methodNotAllowed],
        means: "A route has the host and path, for other methods; `Allow` names them.",
        remedy: "Use one of these, or add the method to the route."),
    ])
}
