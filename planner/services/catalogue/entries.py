"""What stands in the catalogue, for whoever shows it: the entries as they are stored."""

from planner.store.catalogue import StoredSite, all_sites, catalogue_mark, sites_by_id, stored_sites

__all__ = ["StoredSite", "all_sites", "catalogue_mark", "sites_by_id", "stored_sites"]
