def compare_alerts(found, home):
    return []
