## Pages for the people whom data are about.

public-notice = Privacy notice
