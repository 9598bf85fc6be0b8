## Pages for the people whom data are about.

public-notice = Datenschutzhinweise
public-imprint = Impressum
