## Pages for the people whom data are about.

public-notice = Privacy notice
public-imprint = Imprint
