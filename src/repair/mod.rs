//! Gives damaged pages back what the scraper broke.
