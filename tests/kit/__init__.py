"""What tests share: made-up towns, days and feeds, services to ask, independent implementations."""
