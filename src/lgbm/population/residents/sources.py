"""Where the published figures come from."""

from __future__ import annotations

from attrs import frozen


@frozen
class Source:
    """Where a figure was published. *url* is the page on which it was read, which may be somebody who quotes it."""

    title: str
    published: str
    url: str


SOURCES = {
    "projections": Source(
        "ONS principal population projections (2022-based) by age and region, for 2024, as collected by PolicyEngine",
        "2025",
        "https://github.com/PolicyEngine/policyengine-uk-data/blob/main/policyengine_uk_data/storage/demographics.csv",
    ),
    "mid-2024": Source(
        "ONS, Population estimates for the UK, England, Wales, Scotland and Northern Ireland: mid-2024",
        "2025-09-26",
        "https://cy.ons.gov.uk/peoplepopulationandcommunity/populationandmigration/populationestimates/bulletins/annualmidyearpopulationestimates/mid2024",
    ),
    "families-2022": Source(
        "ONS, Families and households in the UK: 2022",
        "2023-05-18",
        "https://content.govdelivery.com/accounts/UKONS/bulletins/35b354d",
    ),
    "families-2021": Source(
        "ONS, Families and households in the UK: 2021",
        "2022-03-09",
        "https://ons.gov.uk/peoplepopulationandcommunity/birthsdeathsandmarriages/families/bulletins/familiesandhouseholds/2021",
    ),
    "living-arrangements": Source(
        "ONS, Population estimates by marital status and living arrangements, England and Wales: 2024",
        "2025",
        "https://cy.ons.gov.uk/peoplepopulationandcommunity/populationandmigration/populationestimates/bulletins/populationestimatesbymaritalstatusandlivingarrangements/2024",
    ),
    "lfs": Source(
        "ONS, Labour market overview: November 2025 (Labour Force Survey, July to September 2025), as quoted",
        "2025-11",
        "https://www.retaileconomics.co.uk/retail-insights-trends/ons-labour-market-november-2025",
    ),
    "lfs-levels": Source(
        "ONS, Labour Force Survey, series MGRN and MGRQ, 2025, as collected by PolicyEngine",
        "2026-09-14",
        "https://www.ons.gov.uk/employmentandlabourmarket/peopleinwork/employmentandemployeetypes/timeseries/mgrn/lms",
    ),
    "ashe": Source(
        "ONS, Employee earnings in the UK: 2025 (April 2025), as quoted",
        "2025-10",
        "https://employeebenefits.co.uk/pay-strategy/median-weekly-earnings-for-full-time-staff-increase-year-on-year/281441.article",
    ),
    "frs": Source(
        "DWP, Family Resources Survey: financial year 2023 to 2024",
        "2025-03-27",
        "https://www.gov.uk/government/statistics/family-resources-survey-financial-year-2023-to-2024/family-resources-survey-financial-year-2023-to-2024",
    ),
    "frs-disability": Source(
        "DWP, Family Resources Survey 2023 to 2024, disability by age, as quoted",
        "2025",
        "https://bascule.com/latest-survey-reveals-25-of-uk-population-now-has-a-disability",
    ),
    "frs-savings": Source(
        "DWP, Family Resources Survey 2021/22, table 7.9, as quoted by the Open University",
        "2023",
        "https://www.open.edu/openlearn/mod/oucontent/view.php?id=20939&section=2",
    ),
    "disability-briefing": Source(
        "House of Commons Library, UK disability statistics (July to September 2025), as told in The Bench Report",
        "2025",
        "https://www.thebenchreport.co.uk/2463008/episodes/18380352-the-state-of-disability-in-the-uk-stats-gaps-and-life-experiences",
    ),
    "care-2021": Source(
        "ONS, Census 2021, provision of unpaid care in England (TS039)",
        "2023-01-19",
        "https://censusdata.uk/e92000001-england/ts039-provision-of-unpaid-care",
    ),
    "ehs": Source(
        "MHCLG, English Housing Survey 2024 to 2025: demographics and household resilience",
        "2025-11",
        "https://www.gov.uk/government/statistics/chapters-for-english-housing-survey-2024-to-2025-headline-findings-on-demographics-and-household-resilience",
    ),
    "ehs-energy": Source(
        "MHCLG, English Housing Survey 2023: energy, as told by the National Housing Federation",
        "2025-09-03",
        "https://www.housing.org.uk/news-and-blogs/blogs/rob-cowley/what-the-english-housing-survey-tells-us-about-how-energy-efficient-our-homes-are",
    ),
    "census-wales": Source(
        "ONS, Census 2021, housing: Wales, as quoted", "2023-02-24", "https://polimapper.co.uk/2023/02/housing/"
    ),
    "census-scotland": Source(
        "National Records of Scotland, Scotland's Census 2022: housing",
        "2024-08-22",
        "https://www.scotlandscensus.gov.uk/2022-results/scotland-s-census-2022-housing/",
    ),
    "census-ni": Source(
        "NISRA, Census 2021, housing, as quoted",
        "2022-12-16",
        "https://www.newsletter.co.uk/news/people/northern-ireland-census-more-bad-health-and-more-cars-3956134",
    ),
    "rents": Source(
        "ONS, Private rent and house prices, UK: February 2026 (rents of January 2026)",
        "2026-02",
        "https://www.ons.gov.uk/peoplepopulationandcommunity/housing",
    ),
    "universal-credit": Source(
        "DWP, Universal Credit statistics, October 2025, as quoted",
        "2025-11",
        "https://capitalpost.uk/business/employment-jobs/universal-credit-claimants-soar-to-83-million.html",
    ),
    "pension-credit": Source(
        "DWP, Benefit expenditure and caseload tables 2026 (Spring Forecast), as collected by PolicyEngine",
        "2026",
        "https://www.gov.uk/government/publications/benefit-expenditure-and-caseload-tables-2026",
    ),
    "dwp-benefits": Source(
        "DWP, DWP benefits statistics: February 2025 (August 2024)",
        "2025-02-28",
        "https://www.gov.uk/government/statistics/dwp-benefits-statistics-february-2025/dwp-benefits-statistics-february-2025",
    ),
    "pip": Source(
        "DWP, Personal Independence Payment statistics, April 2025, as quoted",
        "2025-06-17",
        "https://poli.neea.co.uk/2025/06/17/pip-claims-rise-by-2-since-january-with-over-a-third-of-claimants-receiving-highest-award",
    ),
    "adp": Source(
        "Social Security Scotland, release under freedom of information 202500496534 (paid in 2024/25)",
        "2026-02-23",
        "https://www.gov.scot/publications/foi-202500496534/",
    ),
    "child-benefit": Source(
        "HMRC, Child Benefit statistics: annual release, August 2024",
        "2025-04-23",
        "https://gov.uk/government/statistics/child-benefit-statistics-annual-release-august-2024/child-benefit-statistics-annual-release-data-at-august-2024",
    ),
    "council-tax-support": Source(
        "MHCLG, council tax support of pensioners in England, December 2023, as quoted",
        "2024-02",
        "https://www.lutontoday.co.uk/lifestyle/money/fewer-pensioners-in-luton-received-council-tax-support-last-year-4527211",
    ),
    "births": Source("ONS, Births in England and Wales: 2024, as quoted", "2025-08", "https://amedpost.com/?p=134609"),
    "hesa": Source(
        "HESA, Higher education students in the UK: 2023/24, as quoted",
        "2025",
        "https://wonkhe.com/wonk-corner/new-hesa-data-shows-sector-in-flux",
    ),
    "nts": Source(
        "DfT, National Travel Survey 2024, as collected by PolicyEngine",
        "2025",
        "https://www.gov.uk/government/statistics/national-travel-survey-2024",
    ),
    "veterans": Source(
        "ONS, Census 2021, veterans of the UK armed forces in England and Wales",
        "2022-11-10",
        "https://commonslibrary.parliament.uk/2021-census-how-many-veterans-are-there/",
    ),
    "passports": Source(
        "ONS, Census 2021, passports held in England and Wales, as quoted",
        "2022-11",
        "https://www.findersinternational.co.uk/news/uk-population-rises-with-half-of-it-contributable-to-migration/",
    ),
    "public-funds": Source(
        "Migration Observatory, Deprivation and the no recourse to public funds condition (end of 2022)",
        "2023-11-15",
        "https://migrationobservatory.ox.ac.uk/press/number-of-uk-residents-without-welfare-safety-net-increases-by-more-than-1-million-in-two-years/",
    ),
}
